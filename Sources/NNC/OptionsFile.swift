import NNCDiagnostics
import NNCFormats

/// Options for networks that stand in a JSON file beside them, named as on the command line: `nnc.json`.
///
///     { "real": "f32", "iris.nn": { "weights": "iris.safetensors", "raw-inputs": true } }
///
/// What stands under a network's file name is for that one and comes before what is for all. Flags take true and false,
/// options that repeat take a list, and files are sought beside the JSON file.
package struct OptionsFile {
  /// What may stand in the file.
  package struct Option {
    /// Its name.
    package let name: String
    /// Whether it takes true and false.
    package let isFlag: Bool
    /// Whether it takes a list.
    package let repeats: Bool
    /// Whether it names a file.
    package let isPath: Bool

    /// An option of these facts.
    package init(_ name: String, isFlag: Bool = false, repeats: Bool = false, isPath: Bool = false)
    {
      self.name = name
      self.isFlag = isFlag
      self.repeats = repeats
      self.isPath = isPath
    }
  }

  /// What is wrong with an option's values, and what would help.
  package struct Problem: Error {
    package let message: String
    package let note: String?

    package init(_ message: String, note: String? = nil) {
      self.message = message
      self.note = note
    }
  }

  private let source: SourceFile
  private let members: [Json.Member]
  private let places: [[String]: Range<Int>]

  /// Reads the file; throws the place where it is no JSON.
  package init(_ source: SourceFile) throws(CompilationError) {
    self.source = source
    func refused(_ message: String, _ span: SourceSpan) -> CompilationError {
      CompilationError(source: source, diagnostics: [Diagnostic("", message, at: span)])
    }
    let read: (value: Json, places: [[String]: Range<Int>])
    do throws(JsonParser.Problem) {
      read = try JsonParser.parseWithPlaces(source.bytes)
    } catch {
      throw refused(error.message, SourceSpan(error.offset, error.offset))
    }
    guard let members = read.value.members else {
      throw refused("options are an object: { \"NAME\": VALUE, … }", SourceSpan(0, 1))
    }
    places = read.places
    self.members = members
  }

  /// The values of the options that the file gives for a network, as on the command line, its own before those for all.
  ///
  /// - Parameters:
  ///   - network: the network's file name, without folders.
  ///   - exists: whether a network of that name lies beside the file.
  ///   - check: refuses values that mean nothing.
  package func values(
    for network: String, _ options: [Option], exists: (String) -> Bool = { _ in true },
    check: (String, [String]) throws(Problem) -> Void
  ) throws(CompilationError) -> [(name: String, values: [String])] {
    var result: [(name: String, values: [String])] = []
    var problems: [Diagnostic] = []
    var lists: [([Json.Member], path: [String])] = []
    for member in members where member.name.hasSuffix(".nn") {
      let path = [member.name]
      guard let own = member.value.members else {
        problems.append(problem(path, "`\(member.name)` takes an object of options"))
        continue
      }
      // Also what is for other networks must name them rightly.
      if member.name == network || !exists(folder + member.name) {
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
          let hint = suggestion(for: member.name, among: options.map(\.name))
          let listed = options.map { "`\($0.name)`" }.joined(separator: ", ")
          problems.append(
            problem(
              path + [member.name], "there is no option `\(member.name)`",
              note: hint.map { "did you mean `\($0)`?" } ?? "options are \(listed)"))
          continue
        }
        do throws(Problem) {
          let values = try texts(option, member.value)
          try check(option.name, values)
          if !result.contains(where: { $0.name == option.name }) {
            result.append((option.name, values))
          }
        } catch {
          problems.append(problem(path + [member.name], error.message, note: error.note))
        }
      }
    }
    if !problems.isEmpty {
      let inOrder = problems.sorted {
        ($0.primary.span?.start ?? 0) < ($1.primary.span?.start ?? 0)
      }
      throw CompilationError(source: source, diagnostics: inOrder)
    }
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
  private func texts(_ option: Option, _ value: Json) throws(Problem) -> [String] {
    if option.isFlag {
      guard case .bool(let isGiven) = value else {
        throw Problem("option `\(option.name)` takes true or false")
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
        throw Problem("option `\(option.name)` takes \(wanted)")
      }
      let isBeside = option.isPath && text != "-" && !text.hasPrefix("/")
      result.append(isBeside ? folder + text : text)
    }
    return result
  }
}
