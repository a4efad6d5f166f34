import NNC

/// Options for networks that stand in a JSON file beside them, named as on the command line.
///
///     { "real": "f32", "iris.nn": { "weights": "iris.safetensors", "raw-inputs": true } }
///
/// What stands under a network's file name is for that one and comes before what is for all. Flags take true and false,
/// options that repeat take a list, and files are sought beside the JSON file.
struct OptionsFile {
  private let source: SourceFile
  private let members: [Json.Member]
  private let places: [[String]: Range<Int>]

  /// Reads the file; what is no JSON ends the command with its place.
  init(_ path: String, _ call: Call, _ console: Console) throws(Failure) {
    source = try readSource(path, console)
    let read: (value: Json, places: [[String]: Range<Int>])
    do throws(JsonParser.Problem) {
      read = try JsonParser.parseWithPlaces(source.bytes)
    } catch {
      let place = SourceSpan(error.offset, error.offset)
      console.report([Diagnostic("", error.message, at: place)], in: source, call)
      throw .reported
    }
    places = read.places
    guard let members = read.value.members else {
      let message = "options are an object: { \"NAME\": VALUE, … }"
      console.report([Diagnostic("", message, at: SourceSpan(0, 1))], in: source, call)
      throw .reported
    }
    self.members = members
  }

  /// The call with those of the `options` that the file gives for its network and the call does not.
  ///
  /// - Parameter check: refuses a call whose options mean nothing; it is given each option of the file alone.
  func completing(
    _ call: Call, with options: [CommandOption], _ console: Console,
    check: (Call) throws(Failure) -> Void
  ) throws(Failure) -> Call {
    let network = call.operands[0].split(separator: "/").last.map(String.init) ?? ""
    var result = call
    var problems: [Diagnostic] = []
    var lists: [([Json.Member], path: [String])] = []
    for member in members where member.name.hasSuffix(".nn") {
      let path = [member.name]
      guard let own = member.value.members else {
        problems.append(problem(path, "`\(member.name)` takes an object of options"))
        continue
      }
      // Also what is for other networks must name them rightly.
      if member.name == network || !isThere(folder + member.name) {
        if member.name != network {
          problems.append(problem(path, "there is no network `\(member.name)` beside this file"))
        }
        lists.append((own, path))
      }
    }
    lists.append((members.filter { !$0.name.hasSuffix(".nn") }, []))
    for (list, path) in lists {
      for member in list {
        guard let option = options.first(where: { $0.name == member.name }) else {
          let hint = didYouMean(member.name, options.map(\.name))
          let listed = options.map { "`\($0.name)`" }.joined(separator: ", ")
          problems.append(
            problem(
              path + [member.name], "there is no option `\(member.name)`",
              note: hint ?? "options are \(listed)"))
          continue
        }
        do throws(Failure) {
          let values = try values(option, member.value)
          var alone = try Call(call.command, [])
          alone.complete(option, values)
          try check(alone)
          result.complete(option, values)
        } catch {
          problems.append(problem(path + [member.name], error.message, note: error.hint))
        }
      }
    }
    let inOrder = problems.sorted {
      ($0.primary.span?.start ?? 0) < ($1.primary.span?.start ?? 0)
    }
    console.report(inOrder, in: source, call)
    if !problems.isEmpty { throw .reported }
    return result
  }

  /// The file's folder, as files in it are named.
  private var folder: String {
    source.name.lastIndex(of: "/").map { String(source.name[...$0]) } ?? ""
  }

  private func problem(_ path: [String], _ message: String, note: String? = nil) -> Diagnostic {
    let place = places[path] ?? 0..<0
    return Diagnostic(
      "", message, at: SourceSpan(place.lowerBound, place.upperBound),
      notes: note.map { [$0] } ?? [])
  }

  /// An option's values as on the command line.
  private func values(_ option: CommandOption, _ value: Json) throws(Failure) -> [String] {
    guard let kind = option.value else {
      guard case .bool(let isGiven) = value else {
        throw .input("option `\(option.name)` takes true or false")
      }
      return isGiven ? [""] : []
    }
    var result: [String] = []
    for item in option.repeats ? value.elements ?? [value] : [value] {
      let text: String
      switch item {
      case .string(let string): text = string
      case .number(let number): text = number
      default:
        let wanted = option.repeats ? "a list of texts" : "one text or number"
        throw .input("option `\(option.name)` takes \(wanted)")
      }
      try kind.check(text, spelled: option.name)
      let isPath = option.placeholder == "FILE" && text != "-" && !text.hasPrefix("/")
      result.append(isPath ? folder + text : text)
    }
    return result
  }
}
