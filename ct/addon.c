/*
 * The bridge to memcheck: marks octets of a Uint8Array as secret (undefined, in the words of valgrind) or as public again, and counts what
 * has been reported. A Node-API module, compiled by build.ts. Without valgrind the requests do nothing and give zero.
 */
#include <node_api.h>
#include <stdint.h>
#include <valgrind/memcheck.h>

typedef struct {
  uint8_t *octets;
  size_t length;
} view;

/* The first argument; the callers are TypeScript, so nothing else is passed. */
static view argument(napi_env env, napi_callback_info info) {
  napi_value value;
  size_t count = 1;
  void *data = NULL;
  size_t length = 0;
  napi_get_cb_info(env, info, &count, &value, NULL, NULL);
  napi_get_typedarray_info(env, value, NULL, &length, &data, NULL, NULL);
  return (view){data, length};
}

static napi_value number(napi_env env, uint32_t value) {
  napi_value result;
  napi_create_uint32(env, value, &result);
  return result;
}

static napi_value hide(napi_env env, napi_callback_info info) {
  view v = argument(env, info);
  VALGRIND_MAKE_MEM_UNDEFINED(v.octets, v.length);
  return NULL;
}

static napi_value publish(napi_env env, napi_callback_info info) {
  view v = argument(env, info);
  VALGRIND_MAKE_MEM_DEFINED(v.octets, v.length);
  return NULL;
}

/* Makes the highest bit of every octet public, the other seven bits as they are. */
static napi_value publish_flags(napi_env env, napi_callback_info info) {
  view v = argument(env, info);
  for (size_t i = 0; i < v.length; i++) {
    uint8_t bits = 0;
    (void)VALGRIND_GET_VBITS(v.octets + i, &bits, 1);
    bits &= 0x7f;
    (void)VALGRIND_SET_VBITS(v.octets + i, &bits, 1);
  }
  return NULL;
}

/* How many octets hold at least one secret bit. */
static napi_value hidden(napi_env env, napi_callback_info info) {
  view v = argument(env, info);
  uint8_t bits[4096];
  uint32_t count = 0;
  for (size_t at = 0; at < v.length; at += sizeof bits) {
    size_t part = v.length - at < sizeof bits ? v.length - at : sizeof bits;
    if (VALGRIND_GET_VBITS(v.octets + at, bits, part) != 1) continue;
    VALGRIND_MAKE_MEM_DEFINED(bits, part);
    for (size_t i = 0; i < part; i++) count += bits[i] != 0;
  }
  return number(env, count);
}

static napi_value reports(napi_env env, napi_callback_info info) {
  (void)info;
  return number(env, VALGRIND_COUNT_ERRORS);
}

static napi_value running(napi_env env, napi_callback_info info) {
  (void)info;
  return number(env, RUNNING_ON_VALGRIND);
}

NAPI_MODULE_INIT() {
  const struct {
    const char *name;
    napi_callback call;
  } functions[] = {
      {"hide", hide},       {"publish", publish}, {"publishFlags", publish_flags},
      {"hidden", hidden},   {"reports", reports}, {"running", running},
  };
  for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
    napi_value value;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, NULL, &value);
    napi_set_named_property(env, exports, functions[i].name, value);
  }
  return exports;
}
