#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
import NNC
import NNCTraining

/// A program that makes PNG and PDF of a drawing: a row of the table of those that are looked for.
struct PictureConverter: Sendable {
  /// Its command.
  let command: String
  /// The words after it, for a drawing's file, the form, the picture's file and the drawing's size.
  let words: @Sendable (Job) -> [String]

  /// A drawing to be converted.
  struct Job {
    /// The SVG.
    var source: String
    /// A page that is the drawing and nothing else.
    var page: String
    /// `png` or `pdf`.
    var form: String
    /// The picture.
    var result: String
    /// The drawing's width and height.
    var size: (width: Int, height: Int)
  }

  /// Pixels of a PNG to one of the drawing.
  static let scale = 2

  /// Those that are known, the fittest first.
  static let all: [PictureConverter] =
    [
      .init(command: "rsvg-convert") {
        [
          "--format", $0.form, "--zoom", $0.form == "png" ? "\(scale)" : "1", "--output", $0.result,
          $0.source,
        ]
      },
      .init(command: "inkscape") {
        [
          $0.source, "--export-type=\($0.form)", "--export-dpi=\(96 * scale)",
          "--export-filename=\($0.result)",
        ]
      },
      .init(command: "cairosvg") {
        [
          $0.source, "--format", $0.form, "--scale", $0.form == "png" ? "\(scale)" : "1",
          "--output", $0.result,
        ]
      },
    ]
    + ["chromium", "chromium-browser", "google-chrome"].map { command in
      .init(command: command) {
        [
          "--headless", "--disable-gpu", "--hide-scrollbars",
          "--force-device-scale-factor=\(scale)",
          "--window-size=\($0.size.width),\($0.size.height)",
          $0.form == "png" ? "--screenshot=\($0.result)" : "--print-to-pdf=\($0.result)",
          "--no-pdf-header-footer",
        ]
          // Its own cage does not work for the superuser; the page is ours and asks for nothing.
          + (geteuid() == 0 ? ["--no-sandbox"] : []) + ["file://\($0.page)"]
      }
    }

  /// Their commands, for people.
  static let names = all.map(\.command).joined(separator: ", ")
}

/// Writes a drawing as a picture, by a program of this machine.
func writePicture(_ writer: SvgWriter, as form: String, to path: String) throws {
  try checkWritable(path)
  let found = PictureConverter.all.lazy.compactMap { row in
    findCommand(row.command).map { (row, $0) }
  }.first
  guard let (converter, program) = found else {
    throw Failure(
      .machineFailed, "no program that makes a \(form.uppercased()) of a drawing is found",
      hint: "install one of \(PictureConverter.names), or write .svg, which browsers show")
  }
  var name = Array("/tmp/nnc-XXXXXX".utf8CString)
  guard mkdtemp(&name) != nil else {
    throw Failure.machine("cannot make a folder in /tmp: \(SystemFailure.last.cause)")
  }
  let folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  let (width, height) = writer.size
  let job = PictureConverter.Job(
    source: folder + "/drawing.svg", page: folder + "/drawing.html", form: form,
    result: folder + "/picture." + form, size: (width, height))
  defer {
    for file in [job.source, job.page, job.result] { unlink(file) }
    rmdir(folder)
  }
  let page = """
    <!DOCTYPE html>
    <style>@page { size: \(width)px \(height)px; margin: 0 } body { margin: 0 } svg { display: block }</style>
    \(writer.text(standalone: false))
    """
  try writeFiles([
    OutputFile(path: job.source, text: writer.text(standalone: true)),
    OutputFile(path: job.page, text: page),
  ])
  let (status, output) = try runCommand([program] + converter.words(job), messages: folder + "/log")
  guard status == 0, isThere(job.result) else {
    throw Failure.machine(
      "`\(converter.command)` makes no \(form.uppercased()) of the drawing (status \(status))\n"
        + output.split(separator: "\n").prefix(10).joined(separator: "\n"))
  }
  var file = try PendingFile(path)
  try file.write(try readFile(job.result))
  try file.commit()
}
