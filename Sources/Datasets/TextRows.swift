import NNCFormats

/// The texts of some columns of a table, row after row in the order of the file.
public struct TextRows: ~Copyable {
  /// The columns' names.
  public let names: [String]
  private let columns: [Int]
  private var reader: RecordReader

  init(_ table: DelimitedText, _ choice: ColumnChoice) throws(FileFailure) {
    columns = try choice.columns(of: table.columnNames, in: table.source.name)
    names = columns.map { table.columnNames[$0] }
    reader = RecordReader(
      table.source, delimiter: table.delimiter, offset: table.dataStart.offset,
      line: table.dataStart.line)
  }

  /// The texts of the next row; of a row that is cut short as many as it has, else empty ones.
  public mutating func next() throws(FileFailure) -> [String] {
    guard try reader.next() else { return columns.map { _ in "" } }
    return columns.map { $0 < reader.fieldCount ? reader.field($0) : "" }
  }
}

extension Dataset {
  /// The texts of columns of the table that the samples are of, in step with the samples where no row was left out.
  public func texts(of columns: ColumnChoice) throws(FileFailure) -> TextRows {
    guard let table else {
      throw .wrong("`\(name)` is no table of text whose columns could be kept")
    }
    return try TextRows(table, columns)
  }
}
