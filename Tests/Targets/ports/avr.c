/* ATmega1284P under simavr: the first serial port, and timer 1 in steps of 1,024 cycles. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>

#include "port.h"

void port_begin(void) {
  UCSR0B = 1 << TXEN0;
  TCCR1B = 1 << CS12 | 1 << CS10;
}

void port_put(const char *text) {
  for (; *text != '\0'; ++text) {
    while (!(UCSR0A & 1 << UDRE0)) {
    }
    UDR0 = (uint8_t)*text;
  }
}

uint32_t port_ticks(void) { return TCNT1; }

/* Sleep without interrupts, from which nothing wakes: simavr ends. */
void port_end(void) {
  cli();
  sleep_enable();
  sleep_cpu();
}
