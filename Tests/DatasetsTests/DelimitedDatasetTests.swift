import NNCDatasets
import NNCFormats
import Testing

private let irises = """
  sepal,petal,species
  5.1,1.4,setosa
  7.0,4.7,versicolor
  6.3,6.0,"virginica"

  4.9,1.5,setosa

  """

private func open(
  _ text: String, target: String? = "species", inputs: String? = nil, widths: (Int, Int) = (2, 3),
  description: DataDescription? = nil, memoryLimit: Int = 1 << 20
) throws -> Dataset {
  try Dataset.open(
    DatasetRequest(
      path: "-", inputs: inputs.map { ColumnChoice($0) }, target: target.map { ColumnChoice($0) },
      inputWidth: widths.0, targetWidth: widths.1, description: description,
      memoryLimit: memoryLimit),
    ByteSource(name: "data.csv", bytes: Array(text.utf8)))
}

private func samples(_ data: Dataset, _ list: [Int]) throws -> (input: [Double], target: [Double]) {
  var input = [Double](repeating: .nan, count: list.count * data.inputWidth)
  var target = [Double](repeating: .nan, count: list.count * data.targetWidth)
  try input.withUnsafeMutableBufferPointer { input in
    try target.withUnsafeMutableBufferPointer { target in
      try data.read(list[...], input: input, target: target)
    }
  }
  return (input, target)
}

@Test(arguments: [0, 1 << 20]) func classesBecomeOneHotTargets(memoryLimit: Int) throws {
  let data = try open(irises, memoryLimit: memoryLimit)
  #expect(data.count == 4)
  #expect(data.inputNames == ["sepal", "petal"])
  #expect(data.classes == ["setosa", "versicolor", "virginica"])
  let (input, target) = try samples(data, [3, 0, 2])
  #expect(input == [4.9, 1.5, 5.1, 1.4, 6.3, 6.0])
  #expect(target == [1, 0, 0, 1, 0, 0, 0, 0, 1])
  #expect(data.place(of: 3) == "data.csv:6")
}

@Test func twoClassesAreZeroAndOneForOneOutput() throws {
  let data = try open("a,b\n1,no\n2,yes\n", target: "b", widths: (1, 1))
  #expect(data.classes == ["no", "yes"])
  #expect(try samples(data, [0, 1]).target == [0, 1])
}

@Test func wholeNumbersBelowTheOutputsAreTheirOwnIndices() throws {
  let data = try open("1,0\n2,3\n", target: "2", widths: (1, 4))
  #expect(data.classes == ["0", "1", "2", "3"])
  #expect(try samples(data, [1]).target == [0, 0, 0, 1])
  let wine = try open("1,3\n2,1\n2,10\n", target: "2", widths: (1, 3))
  #expect(wine.classes == ["1", "3", "10"])
}

@Test func standardisedColumnsHaveMeanZeroAndDeviationOne() throws {
  var data = try open("1,5,9\n2,5,9\n3,5,9\n6,5,9\n", target: "3", widths: (2, 1))
  data.transform = try data.standardisation(over: [0, 1, 2, 3])
  #expect(data.transform?.mean == [3, 5])
  #expect(data.transform?.scale == [Double(3.5).squareRoot(), 1])
  let (input, _) = try samples(data, [3, 0])
  #expect(input == [3 / Double(3.5).squareRoot(), 0, -2 / Double(3.5).squareRoot(), 0])
}

@Test func columnsOfKnownNamesAreFoundWhereverTheyStand() throws {
  let known = DataDescription(inputs: ["a", "b"], targets: ["c"], classes: ["x", "y", "z"])
  let data = try open(
    "b,d,c,a\n1,9,z,2\n", target: nil, widths: (2, 3), description: known)
  let (input, target) = try samples(data, [0])
  #expect(input == [2, 1])
  #expect(target == [0, 0, 1])
}

@Test(arguments: [
  ("sepal,petal,species\n5.1,,setosa\n", "data.csv:2: column 2 (`petal`): the value is missing"),
  (
    "sepal,petal,species\n5.1,1,setosa\n5.1,abc,setosa\n",
    "data.csv:3: column 2 (`petal`): `abc` is no number"
  ),
  (
    "sepal,petal,species\nnan,1,setosa\n",
    "data.csv:2: column 1 (`sepal`): `nan` says that the value is missing"
  ),
  (
    "sepal,petal,species\n-inf,1,setosa\n",
    "data.csv:2: column 1 (`sepal`): `-inf` is no finite number"
  ),
  (
    "sepal,petal,species\n1e999,1,setosa\n",
    "data.csv:2: column 1 (`sepal`): `1e999` is no finite number"
  ),
  ("sepal,petal,species\n1,1,\n", "data.csv:2: column 3 (`species`): the value is missing"),
  ("sepal,petal,species\n1,1\n", "data.csv:2: this row has 2 fields, but the first has 3"),
  ("sepal,petal,species\n", "`data.csv` has a header, but no rows"),
  ("", "`data.csv` holds no data"),
  ("sepal,petal,species\n1,1,\"a\nb\n", "data.csv:2: a quote is opened but not closed"),
  (
    "sepal,petal,kind\n1,1,a\n",
    "`data.csv` has no column `species`; its columns are `sepal`, `petal`, `kind`"
  ),
  (
    "sepal,petal,species\n1,1,a\n1,1,b\n1,1,c\n1,1,d\n",
    "`species` of `data.csv` has 4 classes (`a`, `b`, `c`, `d`), but the network has 3 outputs"
  ),
  (
    "sepal,petal,species\n1,1,0.5\n",
    "data.csv:2: `species` is 0.5, but a single column for 3 outputs holds classes: names or "
      + "whole numbers"
  ),
  (
    "sepal,species\n1,a\n",
    "`data.csv` gives 1 input column besides the target, but the network takes 2; its columns "
      + "are `sepal`, `species`"
  ),
]) func whatIsWrongIsNamedWithItsPlace(text: String, message: String) {
  let error = #expect(throws: FileFailure.self) { try open(text) }
  #expect(error?.message == message)
  #expect(error?.kind == .wrong)
}

@Test func rowsBeyondMemoryAreReadInAnyOrder() throws {
  let rows = (0..<5000).map { "\($0),\($0 % 7 == 0 ? "\"a\nb\"" : "c"),\(Double($0) / 8)" }
  let text = "first,text,last\r\n" + rows.joined(separator: "\r\n")
  let data = try open(text, target: "last", inputs: "first", widths: (1, 1), memoryLimit: 0)
  let order = (0..<5000).map { $0 * 1237 % 5000 }
  let (input, target) = try samples(data, order)
  #expect(input == order.map(Double.init))
  #expect(target == order.map { Double($0) / 8 })
}

@Test(arguments: [
  "1\t2\tx\n3\t4\ty\n", "1;2;x\r\n3;4;y\r\n", "\u{FEFF}1,2,x\n3,4,y", "1, 2 ,x\n\n \n3,4, y\n",
  "\"1\",\"2\",\"x\"\n\"3\",\"4\",\"y\"",
])
func dividersAndLineEndsAreFoundOut(text: String) throws {
  let data = try open(text, target: "3", widths: (2, 2))
  #expect(data.inputNames == [] && data.classes == ["x", "y"])
  let (input, target) = try samples(data, [1, 0])
  #expect(input == [3, 4, 1, 2])
  #expect(target == [0, 1, 1, 0])
}

@Test(arguments: [
  ("a", [0]), ("1", [0]), ("b..d", [1, 2, 3]), ("2..3", [1, 2]), ("d,a", [3, 0]), ("x-y", [4]),
  ("1-3", [0, 1, 2]), ("a, 5", [0, 4]), ("3,a..b", [2, 0, 1]),
])
func columnsAreChosenByNameAndRange(text: String, columns: [Int]) throws {
  let names = ["a", "b", "c", "d", "x-y"]
  let header = names.joined(separator: ",")
  let data = try open(
    header + "\n0,1,2,3,4\n", target: nil, inputs: text, widths: (columns.count, 0))
  #expect(try samples(data, [0]).input == columns.map(Double.init))
}

@Test(arguments: [
  ("6", "no column `6`"), ("d..b", "runs backwards"), ("a,a", "chosen twice"), ("", "no column ``"),
  ("a..", "no column ``"), ("0", "no column `0`"), ("z", "no column `z`"),
])
func columnsThatThereAreNotAreRefused(text: String, message: String) {
  let error = #expect(throws: FileFailure.self) {
    try open("a,b,c,d\n0,1,2,3\n", target: nil, inputs: text, widths: (1, 0))
  }
  #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
}
