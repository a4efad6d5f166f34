import NNC

func runDialogue(
  _ workbench: inout Workbench, _ call: Call, _ console: Console
) throws -> ExitStatus {
  throw Failure.call("eval needs `-e EXPR`")
}
