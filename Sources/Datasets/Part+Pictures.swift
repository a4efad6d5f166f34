import NNCFormats

extension Part {
  /// The pictures of a folder; with targets, the folders within are the classes.
  init(_ folder: PictureFolder, _ request: DatasetRequest, _ content: Content) throws(FileFailure) {
    if let choice = request.inputs ?? request.target {
      throw .wrong(
        "`\(folder.path)` is a folder of pictures, which has no columns to choose \(quoted(choice.text)) from",
        hint: "its folders are the classes")
    }
    if folder.pictures.isEmpty {
      throw .wrong(
        "`\(folder.path)` holds no pictures", hint: "they are read in PNG, PBM, PGM and PPM")
    }
    let pictures = try PictureRows(folder, request.inputShape)
    name = folder.path
    inputNames = []
    targetNames = []
    labelName = "folder"
    reading = nil
    hasLabels = content == .both && request.targetWidth > 0
    guard hasLabels else {
      rows = pictures
      labels = nil
      return
    }
    var labels: [Label] = []
    var codes: [String: Int] = [:]
    var numbers: [Int] = []
    for picture in folder.pictures.indices {
      guard let name = folder.className(picture) else {
        throw .wrong(
          "`\(pictures.place(of: picture))` lies in no folder that is its class",
          hint:
            "`\(folder.path)/CLASS/\(folder.pictures[picture])`, or `--labels FILE` for the targets"
        )
      }
      if codes[name] == nil {
        codes[name] = labels.count
        labels.append(
          Label(code: Double(labels.count), name: name, place: pictures.place(of: picture)))
      }
      numbers.append(codes[name]!)
    }
    rows = PairedRows(pictures, ClassRows(numbers: numbers, pictures: pictures))
    self.labels = labels
  }
}
