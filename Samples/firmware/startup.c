/* What comes before main on a Cortex-M: the vector table, and memory as C expects it. */
#include <stdint.h>
#include "console.h"

/* From the linker script. */
extern uint32_t stack_top[], data_load[], data_begin[], data_end[], bss_begin[], bss_end[];

int main(void);

void reset(void) {
#ifdef __ARM_FP
  *(volatile uint32_t *)0xE000ED88 |= UINT32_C(0xF) << 20; /* CPACR: the floating-point unit is ours. */
  __asm__ volatile("dsb\n\tisb" ::: "memory");
#endif
  const uint32_t *from = data_load;
  for (uint32_t *to = data_begin; to < data_end; ++to) *to = *from++;
  for (uint32_t *to = bss_begin; to < bss_end; ++to) *to = 0;
  main();
  console_exit();
  for (;;) {
  }
}

static void fault(void) {
  console_write("fault\n");
  console_exit();
  for (;;) {
  }
}

/* The stack, the reset handler, and NMI, HardFault and the other faults. */
__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    stack_top, (const void *)reset, (const void *)fault, (const void *)fault,
    (const void *)fault, (const void *)fault, (const void *)fault};
