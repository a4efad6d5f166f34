import Testing

@testable import NNCFormats

private func records(_ text: String, blockSize: Int) throws -> [[String]] {
  var reader = RecordReader(
    ByteSource(name: "t", bytes: Array(text.utf8)), delimiter: 0x2C, offset: 0, line: 1,
    blockSize: blockSize)
  var result: [[String]] = []
  while try reader.next() { result.append(["\(reader.line)"] + reader.fields) }
  return result
}

/// A record may be cut by the end of a block anywhere: between quotes, between CR and LF, in an empty field.
@Test(arguments: 1...40) func blocksOfAnySizeGiveTheSameRecords(blockSize: Int) throws {
  let text = "a,\"b \"\"q\"\"\" ,c\r\n1,,\"x\ny\"\n\n  \n,\"\",\r\n\"\"\"\",é, z \n\"last\",1,"
  #expect(
    try records(text, blockSize: blockSize) == [
      ["1", "a", "b \"q\"", "c"], ["2", "1", "", "x\ny"], ["6", "", "", ""],
      ["7", "\"", "é", "z"], ["8", "last", "1", ""],
    ])
}

@Test func aQuoteThatStaysOpenIsToldWithItsLine() {
  for (text, problem) in [
    ("a\n\"b\nc", "t:2: a quote is opened but not closed"),
    ("a\n\"b\"c\n", "t:2: field 1 goes on behind its closing quote"),
  ] {
    let failure = #expect(throws: FileFailure.self) { try records(text, blockSize: 2) }
    #expect(failure?.message == problem)
  }
}
