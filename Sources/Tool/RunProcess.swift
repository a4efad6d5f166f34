#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import NNCTerminal

/// Runs the tool on the words and the streams of this process, and ends it.
public func runProcess() -> Never {
  let console = Console.process(colour: Terminal.standardError.allowsColour)
  exit(runTool(Array(CommandLine.arguments.dropFirst()), console).rawValue)
}
