#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import Terminal

let console = Console.process(colour: Terminal.standardError.allowsColour)
exit(runTool(Array(CommandLine.arguments.dropFirst()), console).rawValue)
