/**
 * Documents to values, in one pass over octets that are all there. Iterative: nesting uses lists, never the call stack.
 */
import type { Cursor } from './cursor.ts';
import { memberName, scalar, takeColon } from './lexer.ts';
import { valueCost } from './limits.ts';
import { closeArray, closeObject, comma, openArray, openObject, quote } from './tag.ts';
import { definition, isDefinition } from './tagged.ts';
import type { JsonbObject, JsonbValue } from './value.ts';

/** A document's one value; only white space may follow it. */
export function decodeDocument(cursor: Cursor): JsonbValue {
  const value = decodeValue(cursor);
  if (cursor.significant() >= 0) cursor.fail('trailing');
  return value;
}

function decodeValue(cursor: Cursor): JsonbValue {
  const { depth, members } = cursor.limits;
  // What surrounds the innermost container, outermost first: for each its container, the name in that to be filled and its number of members.
  const outer: unknown[] = [];
  // The innermost container: one of the two, or neither.
  let array: JsonbValue[] | undefined;
  let object: JsonbObject | undefined;
  let name = '';
  let count = 0;
  for (;;) {
    // A value begins here.
    let octet = cursor.needed();
    while (octet >= 0xc4 && isDefinition(octet)) {
      definition(cursor, octet);
      octet = cursor.needed();
    }
    let value: JsonbValue = null;
    let closing = false;
    if (octet === openObject || octet === openArray) {
      if (outer.length > 3 * depth) cursor.fail('depth');
      cursor.spend(valueCost);
      outer.push(array ?? object, name, count);
      count = 0;
      cursor.at++;
      if (octet === openArray) {
        array = [];
        object = undefined;
        if (cursor.needed() !== closeArray) continue;
      } else {
        array = undefined;
        object = Object.setPrototypeOf({}, null) as JsonbObject;
        octet = cursor.needed();
        if (octet !== closeObject) {
          name = memberName(cursor, octet);
          if (octet === quote) takeColon(cursor);
          continue;
        }
      }
      closing = true;
    } else {
      value = scalar(cursor, octet);
    }
    for (;;) {
      // A value has ended, or the innermost container does.
      const nested = closing;
      if (closing) {
        cursor.at++;
        cursor.bare = false;
        value = array ?? (object as JsonbObject);
        count = outer.pop() as number;
        name = outer.pop() as string;
        const around = outer.pop() as JsonbValue[] | JsonbObject | undefined;
        array = Array.isArray(around) ? around : undefined;
        object = array === undefined ? (around as JsonbObject | undefined) : undefined;
      }
      if (array !== undefined) array.push(value);
      else if (object !== undefined) object[name] = value;
      else return value;
      if (++count > members) cursor.fail('limit');
      octet = cursor.needed();
      closing = octet === (array !== undefined ? closeArray : closeObject);
      if (closing) continue;
      if (octet === comma) {
        cursor.at++;
        octet = cursor.needed();
        if (octet === closeArray || octet === closeObject) cursor.fail('syntax');
      } else if (!cursor.bare && !(cursor.lenientSep && nested && octet >= 0x80)) {
        cursor.fail('separator');
      }
      if (object !== undefined) {
        const start = cursor.at;
        name = memberName(cursor, octet);
        if (object[name] !== undefined) cursor.fail('duplicate', start);
        if (octet === quote) takeColon(cursor);
      }
      break;
    }
  }
}
