/* Runs a network's work on a target and writes what it tells, a line each, with the stack and the ticks it took. */
#include "harness.h"

#include <stddef.h>

#include "port.h"

#define TICKS (UINT32_MAX >> (32 - PORT_TICK_BITS))
#define PAINT 0xA5u
#define OWN_BYTES 64u

static uint32_t steps, ticks, last;
static uint32_t deepest;

/* The stack grows down from the frame of mark; what lies in its first bytes is mark's own. */
static __attribute__((noinline)) void paint(uintptr_t frame) {
  for (uintptr_t i = frame - STACK_BYTES; i < frame - OWN_BYTES; ++i) *(volatile unsigned char *)i = PAINT;
}

/* How far below the frame something was written since. */
static __attribute__((noinline)) uint32_t painted_over(uintptr_t frame) {
  uintptr_t i = frame - STACK_BYTES;
  while (i < frame - OWN_BYTES && *(volatile unsigned char *)i == PAINT) ++i;
  return (uint32_t)(frame - i);
}

static void put_hex(uint32_t word) {
  char text[9];
  for (int i = 7; i >= 0; --i) {
    text[i] = "0123456789abcdef"[word & 15];
    word >>= 4;
  }
  text[8] = '\0';
  port_put(text);
}

void tell(uint32_t kind, uint32_t high, uint32_t low) {
  const char text[] = {(char)kind, ' ', '\0'};
  port_put(text);
  put_hex(high);
  put_hex(low);
  port_put("\n");
}

__attribute__((noinline)) void mark(uint32_t place) {
  const uint32_t now = port_ticks();
  if (place != MARK_BEGIN) {
    ticks += (now - last) & TICKS;
    ++steps;
  }
  if (place == MARK_BEGIN) paint((uintptr_t)__builtin_frame_address(0));
  if (place == MARK_END) {
    --steps;
    deepest = painted_over((uintptr_t)__builtin_frame_address(0));
  }
  last = port_ticks();
}

int main(void) {
  port_begin();
  work();
  tell('s', 0, deepest);
  tell('n', 0, steps);
  tell('c', 0, ticks);
  port_end();
  return 0;
}
