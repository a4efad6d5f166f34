import NNC

/// What every command that reads samples offers.
let dataOptions: [CommandOption] = [
  .init(
    "data", "d", .text("FILE", .data),
    help:
      "the samples: CSV or TSV, .npy, .npz, IDX (also gzipped), `-` for standard input, or a folder "
      + "of pictures (PNG, PBM, PGM, PPM) in folders by class"),
  .init(
    "labels", "l", .text("FILE", .data), help: "the targets, where they have a file of their own"),
  .init(
    "target", "t", .text("COLUMN"), help: "the column, or columns, of the target: a name or number"),
  .init(
    "inputs", "i", .text("COLUMNS"),
    help: "the columns of the inputs: names, numbers, ranges `1..4` (default all but the target)"),
  .init(
    "tokens", nil, .choice(Vocabulary.Kind.allCases.map(\.rawValue)),
    help: "the samples are a text, cut into these: each window of them with what follows"),
  .init("header", nil, .choice(["yes", "no"]), help: "whether a first line names the columns"),
]

/// The request for data that a call makes of a network.
///
/// - Parameters:
///   - known: what is known of the data that the network was trained with.
///   - wantsTarget: whether the target is to be read.
func dataRequest(
  _ call: Call, for network: Network, known: DataDescription? = nil, wantsTarget: Bool = true
) throws(Failure) -> DatasetRequest {
  guard let path = call.value("data") else {
    throw .call("\(call.command.name) needs `--data FILE`")
  }
  var request = DatasetRequest(
    path: path, inputWidth: network.inputShape.reduce(1, *),
    targetWidth: wantsTarget && network.target != nil ? network.targetShape.reduce(1, *) : 0)
  request.inputShape = network.inputShape
  if let bound = network.inputs.first?.below {
    request.tokenCount = bound
    request.tokens = call.value("tokens").flatMap { Vocabulary.Kind(rawValue: $0) }
    request.classCount = network.targets.first?.below
  } else if call.has("tokens") {
    throw .call(
      "`--tokens` is for networks whose input is whole numbers",
      hint: "`input 64 of 256` takes 64 bytes of a text")
  }
  request.inputs = call.value("inputs").map { ColumnChoice($0) }
  if wantsTarget {
    request.labelsPath = call.value("labels")
    request.target = call.value("target").map { ColumnChoice($0) }
  }
  request.hasHeader = call.value("header").map { $0 == "yes" }
  if call.command.option("guess") != nil { request.columns = try columns(call) }
  request.description = known
  return request
}

/// Opens the data of a request, which must have samples, and tells how far that is.
func openData(_ request: DatasetRequest, _ call: Call, _ console: Console) throws -> Dataset {
  let news = ReadingNews(call, console)
  var request = request
  request.progress = news.map { news in ReadingProgress { news.tell($0, $1, $2) } }
  defer { news?.end() }
  let data = try Dataset.open(request)
  if data.count == 0 { throw Failure.input("`\(data.name)` holds no samples") }
  return data
}
