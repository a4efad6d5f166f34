/* Text from a Cortex-M to whoever debugs or emulates it: ARM semihosting. */
#ifndef CONSOLE_H
#define CONSOLE_H

/* Writes a text that ends in a zero. */
void console_write(const char *text);

/* Ends the emulation. */
void console_exit(void);

#endif
