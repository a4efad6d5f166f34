import Testing

@testable import NNCFormats

/// A file with that header and as many bytes behind it.
private func file(_ header: String, bytes: Int = 8) -> ByteSource {
  let head = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
  return ByteSource(
    name: "w", bytes: head + Array(header.utf8) + [UInt8](repeating: 0, count: bytes))
}

private func tensor(
  _ name: String, _ low: Int, _ high: Int, _ shape: String, _ type: String = "F32"
)
  -> String
{
  "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(low),\(high)]}"
}

@Suite struct SafetensorsTests {
  @Test(arguments: [
    (
      "{\(tensor("a", 0, 8, "[2]")),\(tensor("b", 4, 8, "[1]"))}", 8,
      "the tensors `a` and `b` overlap"
    ),
    (
      "{\(tensor("a", 0, 4, "[1]")),\(tensor("b", 8, 12, "[1]"))}", 12,
      "4 bytes before tensor `b` belong to none"
    ),
    ("{\(tensor("a", 4, 8, "[1]"))}", 8, "4 bytes before tensor `a` belong to none"),
    ("{\(tensor("a", 0, 4, "[1]"))}", 5, "1 bytes at its end belong to no tensor"),
    (
      "{\(tensor("a", 0, 8, "[2]"))}", 7,
      "it is cut short: its tensors need 8 bytes, but 7 follow the header"
    ),
    (
      "{\(tensor("a", 0, 8, "[3]"))}", 8,
      "tensor `a`: its shape [3] of F32 needs 12 bytes, but its offsets 0 and 8 give it 8"
    ),
    (
      "{\(tensor("a", 8, 0, "[2]"))}", 8,
      "tensor `a`: its shape [2] of F32 needs 8 bytes, but its offsets 8 and 0 give it -8"
    ),
    (
      "{\(tensor("a", 0, 4, "[1]")),\(tensor("a", 4, 8, "[1]"))}", 8,
      "its header: the name `a` stands twice, at byte 62"
    ),
    (
      "{\(tensor("a", 0, 8, "[2]", "F31"))}", 8,
      "tensor `a`: its type `F31` is none of F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, "
        + "U16, U8, BOOL"
    ),
    ("{\(tensor("a", 0, 8, "[-2]"))}", 8, "tensor `a`: its `shape` is no list of whole numbers"),
    (
      "{\(tensor("a", 0, 8, "[4294967296,4294967296]"))}", 8,
      "tensor `a`: its shape [4294967296, 4294967296] is too large"
    ),
    ("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "tensor `a`: its entry has no `data_offsets`"),
    ("{\"__metadata__\":{\"a\":1}}", 0, "its metadata `a` is no text"),
    (" {}", 0, "its header does not begin with `{`"),
    ("{} x", 0, "its header: something stands behind the end, at byte 11"),
    ("{\"a\":", 0, "its header: a value is missing, at byte 13"),
  ]) func refusesWhatTheFormatForbids(header: String, bytes: Int, problem: String) {
    let error = #expect(throws: FileFailure.self) {
      try Safetensors.read(file(header, bytes: bytes))
    }
    #expect(error?.message == "`w` is no sound safetensors file: " + problem)
  }

  @Test func theLengthOfTheHeaderIsChecked() {
    for (length, problem) in [
      (UInt64(100_000_001), "its header is said to have 100000001 bytes; the most is 100000000"),
      (UInt64.max, "its header is said to have 18446744073709551615 bytes; the most is 100000000"),
      (9, "its header is said to have 9 bytes, but the file has 10 altogether"),
    ] {
      let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) } + [0x7B, 0x7D]
      let error = #expect(throws: FileFailure.self) {
        try Safetensors.read(ByteSource(name: "w", bytes: bytes))
      }
      #expect(error?.message == "`w` is no sound safetensors file: " + problem)
    }
    #expect(throws: FileFailure.self) {
      try Safetensors.read(ByteSource(name: "w", bytes: [1, 2, 3]))
    }
  }

  @Test func emptyTensorsAndBlanksBehindTheHeaderAreAllowed() throws {
    let header = "{\(tensor("a", 0, 0, "[0,5]")),\(tensor("b", 0, 8, "[]", "F64"))}   "
    let read = try Safetensors.read(file(header))
    #expect(read.arrays.map(\.name) == ["a", "b"])
    #expect(try read.array("a")?.values() == [])
    #expect(try read.array("b")?.values() == [0])
  }

  @Test func manyTensorsTakeTimeInProportion() throws {
    let header =
      "{" + (0..<20_000).map { tensor("t\($0)", 0, 0, "[0]") }.joined(separator: ",") + "}"
    #expect(try Safetensors.read(file(header, bytes: 0)).arrays.count == 20_000)
  }
}
