import Foundation

/// Whether tests go through all that they know, which takes half an hour: with `NNC_LEVELS=all` in the environment. By
/// default those that take many seeds, targets or compilers take some.
public let isThorough = ProcessInfo.processInfo.environment["NNC_LEVELS"] == "all"
