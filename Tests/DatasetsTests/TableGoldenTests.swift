import Foundation
import NNCFormats
import Testing

@testable import NNCDatasets

/// Tables as people have them become the numbers that scikit-learn makes of them.
@Suite struct TableGoldenTests {
  struct Entry: Decodable {
    let name: String
    let missing: String
    let table: String
    let target: String
    let encoded: [[Double]]
  }
  struct File: Decodable { let entries: [Entry] }

  private static let file: File = {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("Golden/tables.json")
    return try! JSONDecoder().decode(File.self, from: Data(contentsOf: url))
  }()

  private func request(_ entry: Entry, limit: Int) -> DatasetRequest {
    var request = DatasetRequest(
      path: "", target: ColumnChoice(entry.target), inputWidth: entry.encoded[0].count,
      targetWidth: 1, memoryLimit: limit)
    request.columns.missing = ColumnFormat.Missing(rawValue: entry.missing)
    return request
  }

  private func inputs(_ data: Dataset) throws -> [[Double]] {
    var rows: [[Double]] = []
    for sample in 0..<data.count {
      var input = [Double](repeating: 0, count: data.inputWidth)
      try input.withUnsafeMutableBufferPointer { try data.read([sample], input: $0) }
      rows.append(input)
    }
    return rows
  }

  private func expect(_ data: Dataset, _ entry: Entry) throws {
    let rows = try inputs(try data.fillingMissing(over: Array(0..<data.count)))
    #expect(rows.count == entry.encoded.count)
    for (row, wanted) in zip(rows, entry.encoded) {
      #expect(zip(row, wanted).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) }, "\(row)")
    }
  }

  /// What is stated and what is guessed give the same, in memory and read again and again.
  @Test(arguments: file.entries.indices, [0, 1 << 20])
  func columnsBecomeNumbers(_ number: Int, limit: Int) throws {
    let entry = Self.file.entries[number]
    let source = ByteSource(name: "t.csv", bytes: Array(entry.table.utf8))
    var stated = request(entry, limit: limit)
    if entry.name == "passengers" {
      stated.columns.categories = ColumnChoice("sex,\"port, town\"")
    } else {
      stated.columns.categories = ColumnChoice("Beruf")
      stated.columns.booleans = ColumnChoice("verheiratet")
      stated.columns.dates = ColumnChoice("Seit")
      var style = NumberStyle()
      style.decimalComma = true
      style.thousands = "."
      style.percent = true
      stated.columns.style = style
    }
    let data = try Dataset.open(stated, source)
    try expect(data, entry)
    var guessed = request(entry, limit: limit)
    guessed.columns.guesses = true
    try expect(try Dataset.open(guessed, source), entry)
    // What is saved beside weights reads more of the kind alike, also a row alone.
    let known = try data.fillingMissing(over: Array(0..<data.count)).description
    var later = DatasetRequest(path: "", inputWidth: data.inputWidth, targetWidth: 0)
    later.description = try DataDescription(
      metadata: known.metadata, source: "w", inputWidth: data.inputWidth)
    later.keepsUnusable = true
    #expect(later.description == known)
    let lines = entry.table.split(separator: "\n")
    let alone = ByteSource(name: "t.csv", bytes: Array("\(lines[0])\n\(lines[7])\n".utf8))
    let row = try inputs(try Dataset.open(later, alone))[0]
    #expect(zip(row, entry.encoded[6]).allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) })
  }

  @Test(arguments: [
    ("a,t\nflat,1\n", "`flat` is no number", "`--categories a`"),
    ("a,t\n\"1,5\",1\n", "is no number", "`--decimal comma`"),
    ("a,t\n\"1,500\",1\n", "is no number", "`--thousands ,`"),
    ("a,t\n45 %,1\n", "is no number", "`--percent`"),
    ("a,t\nyes,1\n", "is no number", "`--booleans a`"),
    ("a,t\n2024-05-17,1\n", "is no number", "`--dates a`"),
    ("a,t\n,1\n", "the value is missing", "`--missing median`"),
  ])
  func aRefusalNamesTheOptionThatHelps(text: String, problem: String, option: String) {
    let request = DatasetRequest(
      path: "", target: ColumnChoice("t"), inputWidth: 1, targetWidth: 1)
    let failure = #expect(throws: FileFailure.self) {
      try Dataset.open(request, ByteSource(name: "t.csv", bytes: Array(text.utf8)))
    }
    #expect(failure?.message.contains(problem) == true)
    #expect(failure?.hint?.contains(option) == true, "\(failure?.hint ?? "")")
  }

  @Test func rowsThatCannotBeUsedAreKeptAsSuchOrLeftOut() throws {
    let source = ByteSource(name: "t.csv", bytes: Array("a,t\n1,1\n,2\nx,3\n4,4\n".utf8))
    var request = DatasetRequest(path: "", inputs: ColumnChoice("a"), inputWidth: 1, targetWidth: 0)
    request.keepsUnusable = true
    let data = try Dataset.open(request, source)
    #expect(data.count == 4 && data.unusable.map(\.sample) == [1, 2])
    #expect(data.unusable[1].message == "t.csv:4: column 1 (`a`): `x` is no number")
    let gaps = ByteSource(name: "t.csv", bytes: Array("a,t\n1,1\n,2\n3,\n4,4\n".utf8))
    for limit in [0, 1 << 20] {
      var dropping = DatasetRequest(
        path: "", target: ColumnChoice("t"), inputWidth: 1, targetWidth: 1, memoryLimit: limit)
      dropping.columns.missing = .drop
      let rest = try Dataset.open(dropping, gaps)
      #expect(rest.dropped == (1, 1) && rest.place(of: 1) == "t.csv:5")
      #expect(try inputs(rest) == [[1], [4]])
    }
  }

  @Test(arguments: [
    ("2024-02-29", [2024, 2, 29, 4, 60]), ("1969-12-31", [1969, 12, 31, 3, 365]),
    ("2000-03-01 23:59:59", [2000, 3, 1, 3, 61]), ("17.05.1900", [1900, 5, 17, 4, 137]),
  ]) func datesAreTakenApart(text: String, parts: [Int]) throws {
    let bytes = Array(text.utf8)
    guard case .date(let date) = bytes.withUnsafeBufferPointer({ DateText($0, order: nil) }) else {
      Issue.record("no date")
      return
    }
    let again = CalendarDate(days: date.days)
    let kinds: [DatePart] = [.year, .month, .day, .weekday, .yearday]
    #expect(kinds.map { Int(again.value(of: $0)) } == parts)
    #expect(again.second == date.second)
  }
}
