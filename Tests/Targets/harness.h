/* What the work of a network tells the harness, in C or in Swift. */
#ifndef HARNESS_H
#define HARNESS_H
#include <stdint.h>

/* Stack and time are measured from mark(MARK_BEGIN) to mark(MARK_END); mark(MARK_STEP) stands behind each step. */
enum { MARK_BEGIN, MARK_STEP, MARK_END };
void mark(uint32_t place);

/* Writes the bits of a number of a kind: `p`arameter, out`y`ut, `l`oss. */
void tell(uint32_t kind, uint32_t high, uint32_t low);

/* The work: generated for each network. */
void work(void);

#endif
