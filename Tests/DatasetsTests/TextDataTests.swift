import Foundation
import NNCDiagnostics
import Testing

@testable import NNCDatasets
@testable import NNCFormats

/// Texts as data.
@Suite struct TextDataTests {
  private func open(
    _ text: String, _ kind: Vocabulary.Kind?, below bound: Int = 256, steps: Int = 3,
    targets: Int = 3, known: Vocabulary? = nil
  ) throws -> Dataset {
    try open(bytes: Array(text.utf8), kind, below: bound, steps: steps, targets: targets, known)
  }

  private func open(
    bytes: [UInt8], _ kind: Vocabulary.Kind?, below bound: Int, steps: Int, targets: Int,
    _ known: Vocabulary?
  ) throws -> Dataset {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var request = DatasetRequest(path: file.path, inputWidth: steps, targetWidth: targets)
    request.tokens = kind
    request.tokenCount = bound
    if let known {
      request.description = DataDescription()
      request.description?.vocabulary = known
    }
    return try Dataset.open(request)
  }

  private func rows(_ data: Dataset) throws -> [[Double]] {
    var input = [Double](repeating: .nan, count: data.count * data.inputWidth)
    var target = [Double](repeating: .nan, count: data.count * data.targetWidth)
    try input.withUnsafeMutableBufferPointer { input in
      try target.withUnsafeMutableBufferPointer { target in
        try data.read(Array(0..<data.count)[...], input: input, target: target)
      }
    }
    return (0..<data.count).map { row in
      Array(input[(row * data.inputWidth)..<((row + 1) * data.inputWidth)])
        + target[(row * data.targetWidth)..<((row + 1) * data.targetWidth)]
    }
  }

  /// Each token is asked for once, behind those before it.
  @Test func windowsFollowOneAnother() throws {
    let data = try open("abcdefgh", .bytes)
    #expect(try rows(data) == [[97, 98, 99, 98, 99, 100], [100, 101, 102, 101, 102, 103]])
    #expect(data.place(of: 1).hasSuffix(", token 4"))
  }

  @Test func oneTargetStandsBehindEachWindow() throws {
    let data = try open("abcde", .characters, below: 5, targets: 1)
    #expect(try rows(data) == [[0, 1, 2, 3], [1, 2, 3, 4]])
    #expect(data.vocabulary?.entries == ["a", "b", "c", "d", "e"])
    // Without a target a window may end with the text.
    #expect(try rows(try open("abc", .characters, below: 3, targets: 0)) == [[0, 1, 2]])
  }

  @Test func wordsAreCountedAndSignsStandAlone() throws {
    let text = "The cat's hat, the cat's 2 hats.\nthe"
    let data = try open(text, .words, below: 5, steps: 1, targets: 1)
    let vocabulary = try #require(data.vocabulary)
    #expect(vocabulary.entries == ["<unknown>", "cat's", "the", "\n", ","])
    let (tokens, _) = vocabulary.tokens(of: Array(text.utf8))
    #expect(tokens == [0, 1, 0, 4, 2, 1, 0, 0, 0, 3, 2])
    var bytes: [UInt8] = []
    for (place, token) in tokens.enumerated() {
      bytes += vocabulary.bytes(of: token, behind: place > 0 ? tokens[place - 1] : nil)
    }
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "<unknown> cat's <unknown>, the cat's <unknown> <unknown> <unknown>\nthe")
  }

  @Test func charactersAreScalars() throws {
    let data = try open("aé€\u{1F600}a", .characters, below: 4, steps: 2, targets: 2)
    #expect(try rows(data) == [[0, 1, 1, 2], [2, 3, 3, 0]])
  }

  @Test func vocabulariesAreKept() throws {
    for kind in Vocabulary.Kind.allCases {
      let vocabulary = Vocabulary(kind, of: Array("to \"be\" or\nnot\\".utf8), most: 100)
      var description = DataDescription()
      description.vocabulary = vocabulary
      let read = try DataDescription(
        metadata: description.metadata, source: "w", inputWidth: 3)
      #expect(read == description)
    }
    for bad in [
      "{}", "[]", "{\"kind\":\"bytes\",\"entries\":[\"a\"]}", "{\"kind\":\"words\"}",
      "{\"kind\":\"words\",\"entries\":[\"a\",\"a\"]}", "{\"kind\":\"words\",\"entries\":[1]}",
    ] {
      #expect(throws: FileFailure.self) {
        try DataDescription(metadata: ["nnc.tokens": bad], source: "w", inputWidth: 3)
      }
    }
  }

  @Test func refusals() throws {
    let abc = Vocabulary(.characters, entries: ["a", "b", "c"])
    for (text, kind, bound, targets, known, words) in [
      ("", Vocabulary.Kind.bytes, 256, 3, nil, "is empty"),
      ("abc", .bytes, 256, 3, nil, "has 3 tokens, but a sample takes 4"),
      ("abcdef", .bytes, 255, 3, nil, "256 different bytes, but the network tells 255 apart"),
      ("abcdef", .characters, 5, 3, nil, "6 different characters, but the network tells 5 apart"),
      (
        "abcabx", .characters, 9, 3, abc,
        "byte 6: the character `x` is none of those of the training"
      ),
      ("abcabc", .words, 9, 3, abc, "was trained with characters, not with words"),
      ("abcdef", .bytes, 256, 2, nil, "gives a target of 3 tokens"),
    ] as [(String, Vocabulary.Kind, Int, Int, Vocabulary?, String)] {
      let failure = #expect(throws: FileFailure.self) {
        try open(text, kind, below: bound, targets: targets, known: known)
      }
      #expect(
        failure.map { "\($0)".contains(words) } == true, "\(words): \(String(describing: failure))")
    }
    let failure = #expect(throws: FileFailure.self) {
      try open(bytes: [97, 0xC3, 0xA9, 0xFF, 98], .words, below: 9, steps: 1, targets: 1, nil)
    }
    #expect(failure.map { "\($0)".contains("byte 4 belongs to no character") } == true)
  }
}
