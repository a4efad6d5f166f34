import Testing

/// Tests that change signal handlers, which a process has only once: one after the other.
@Suite(.serialized) struct ProcessWideTests {}
