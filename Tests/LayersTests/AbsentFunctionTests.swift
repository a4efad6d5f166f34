import NNCDiagnostics
import NNCGraph
import NNCSyntax
import Testing

@testable import NNCLayers

/// What is said of functions that people know from elsewhere.
@Suite struct AbsentFunctionTests {
  @Test func everyRowIsOfSomethingThatIsNotThere() {
    var seen: Set<String> = []
    for row in AbsentFunction.all {
      for name in row.names {
        #expect(!functionNames.contains(name), "`\(name)` is there")
        #expect(seen.insert(name).inserted, "`\(name)` has two rows")
      }
      if row.isAlias {
        #expect(
          functionNames.contains(row.near), "`\(row.near)`, which is to be taken, is not there")
      }
    }
  }

  /// Every function that a row's words name exists.
  @Test func whatIsToBeWrittenInsteadIsThere() {
    let layers: Set<Substring> = ["dropout", "conv"]
    for row in AbsentFunction.all where !row.isAlias {
      let quoted = row.near.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map(\.element)
      #expect(!quoted.isEmpty, "\(row.names)")
      for code in quoted {
        for call in code.matches(of: /([a-z]\w*)\(/).map(\.1) {
          #expect(functionNames.contains(String(call)), "\(call) in \(code)")
        }
        if code.allSatisfy(\.isLetter) || layers.contains(code) {
          #expect(functionNames.contains(String(code)) || layers.contains(code), "\(code)")
        }
      }
    }
  }

  @Test func theMessageSaysWhyAndWhatIsNear() {
    let values = Diagnostic.unknownFunction("svd", like: "std", at: SourceSpan(0, 3))
    #expect(values.primary.text == "it takes as many steps as its values demand")
    #expect(values.notes.count == 1 && values.fixes.isEmpty)
    let dotted = Diagnostic.unknownFunction("torch.cat", like: nil, at: SourceSpan(0, 9))
    #expect(dotted.fixes.map(\.message) == ["did you mean `concat`?"] && dotted.notes.isEmpty)
    let alias = Diagnostic.unknownFunction("arctan", like: nil, at: SourceSpan(0, 6))
    #expect(alias.fixes.map(\.message) == ["did you mean `atan`?"] && alias.notes.isEmpty)
  }
}
