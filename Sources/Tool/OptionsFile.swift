import NNC

extension Call {
  /// The call with those of the `options` that a JSON file gives for its network and the call does not.
  ///
  /// - Parameter check: refuses a call whose options mean nothing; it is given each option of the file alone.
  func completed(
    by path: String, with options: [CommandOption], _ console: Console,
    check: (Call) throws(Failure) -> Void
  ) throws -> Call {
    let network = operands[0].split(separator: "/").last.map(String.init) ?? ""
    let known = options.map {
      OptionsFile.Option(
        $0.name, isFlag: $0.value == nil, repeats: $0.repeats, isPath: $0.placeholder == "FILE")
    }
    let source = try readSource(path, console)
    do throws(CompilationError) {
      let file = try OptionsFile(source)
      let values = try file.values(for: network, known, exists: isThere) {
        name, values throws(OptionsFile.Problem) in
        do throws(Failure) {
          let option = options.first { $0.name == name }!
          for value in values { try option.value?.check(value, spelled: name) }
          var alone = try Call(command, [])
          alone.complete(option, values)
          try check(alone)
        } catch {
          throw OptionsFile.Problem(error.message, note: error.hint)
        }
      }
      var result = self
      for (name, values) in values { result.complete(options.first { $0.name == name }!, values) }
      return result
    } catch {
      console.report(error.diagnostics, in: error.source, self)
      throw Failure.reported
    }
  }
}
