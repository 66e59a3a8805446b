;; Leaks on purpose, which every run must report, and clean code, which no run may report. Arguments are addresses of 16 octets.
(module
  (memory (export "memory") 1)

  ;; -- leaks --

  ;; stops at the first difference
  (func (export "early_exit") (param $a i32) (param $b i32) (result i32)
    (local $i i32)
    (loop $next
      (if (i32.ne
            (i32.load8_u (i32.add (local.get $a) (local.get $i)))
            (i32.load8_u (i32.add (local.get $b) (local.get $i))))
        (then (return (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 16))))
    (i32.const 16))

  ;; a secret address
  (func (export "secret_index") (param $a i32) (param $b i32) (result i32)
    (i32.load8_u (i32.add (local.get $b) (i32.and (i32.load8_u (local.get $a)) (i32.const 15)))))

  ;; a branch on a lane of a vector
  (func (export "lane_branch") (param $a i32) (param $b i32) (result i32)
    (if (i32x4.extract_lane 2 (v128.xor (v128.load (local.get $a)) (v128.load (local.get $b))))
      (then (return (i32.const 1))))
    (i32.const 2))

  ;; a choice between vectors, which V8 compiles to a branch
  (func (export "vector_select") (param $a i32) (param $b i32) (result i32)
    (i32x4.extract_lane 0
      (select (v128.load (local.get $a)) (v128.load (local.get $b)) (i32.load8_u (local.get $a)))))

  ;; a jump table
  (func (export "jump_table") (param $a i32) (param $b i32) (result i32)
    (block $two
      (block $one
        (block $zero (br_table $zero $one $two (i32.and (i32.load8_u (local.get $a)) (i32.const 3))))
        (return (i32.const 7)))
      (return (i32.const 9)))
    (i32.const 11))

  ;; -- clean --

  ;; compares all of it
  (func (export "clean_compare") (param $a i32) (param $b i32) (result i32)
    (v128.any_true (v128.xor (v128.load (local.get $a)) (v128.load (local.get $b)))))

  ;; chooses with masks
  (func (export "clean_choice") (param $a i32) (param $b i32) (result i32)
    (i32x4.extract_lane 0
      (v128.bitselect (v128.load (local.get $a)) (v128.load (local.get $b))
        (i32x4.splat (i32.sub (i32.const 0) (i32.and (i32.load8_u (local.get $a)) (i32.const 1))))))))
