/** What an operation on points says; the host maps these numbers to the names of the overlay specification (section 6). */
export const OK: i32 = 0;
export const NONCANONICAL: i32 = 1;
export const NOT_ON_CURVE: i32 = 2;
export const SMALL_ORDER: i32 = 3;
export const MIXED_ORDER: i32 = 4;
export const IDENTITY: i32 = 5;
