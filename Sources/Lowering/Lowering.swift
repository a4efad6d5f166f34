// Lowering
