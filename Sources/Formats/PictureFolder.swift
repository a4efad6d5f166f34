#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif
import NNCDiagnostics

/// The pictures in a folder and in the folders within, in the order of their paths.
public struct PictureFolder: Sendable {
  /// The folder.
  public let path: String
  /// The pictures' paths below it: `cats/17.png`.
  public let pictures: [String]

  /// How the names of pictures that are read end, and those of pictures that are not.
  private static let known = ["png", "pgm", "ppm", "pbm", "pnm"]
  private static let unknown = ["jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "avif", "heic"]

  /// Whether there is a folder at a path.
  public static func exists(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// Looks through a folder. Files that are no pictures are passed over, and what is hidden.
  public init(_ path: String) throws(FileFailure) {
    self.path = path
    var pictures: [String] = []
    var waiting = [(below: "", depth: 0)]
    while let (below, depth) = waiting.popLast() {
      if depth > Limits.pictures.depth {
        throw .wrong(
          "`\(path)/\(below)` lies deeper than \(Limits.pictures.depth) folders, the most for pictures"
        )
      }
      for name in try Self.names(in: below.isEmpty ? path : "\(path)/\(below)") {
        let inner = below.isEmpty ? name : "\(below)/\(name)"
        if Self.exists("\(path)/\(inner)") {
          waiting.append((inner, depth + 1))
          continue
        }
        let ending = name.split(separator: ".", omittingEmptySubsequences: false).last!.lowercased()
        if Self.unknown.contains(ending) {
          throw .wrong(
            "`\(path)/\(inner)`: pictures are read in PNG, PBM, PGM and PPM",
            hint: "ImageMagick's `mogrify -format png FILE` writes it so")
        }
        if Self.known.contains(ending) { pictures.append(inner) }
      }
      if pictures.count > Limits.pictures.inAll {
        throw .wrong(
          "`\(path)` has more than \(Limits.pictures.inAll) pictures, the most for one folder")
      }
    }
    self.pictures = pictures.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The folder that a picture lies in right below this one, which is the name of its class; nil where it lies in none.
  public func className(_ picture: Int) -> String? {
    let path = pictures[picture]
    return path.firstIndex(of: "/").map { String(path[..<$0]) }
  }

  /// Reads a picture.
  public func read(_ picture: Int) throws(FileFailure) -> Picture {
    try Picture.read(try ByteSource.open("\(path)/\(pictures[picture])", isNamedByUser: false))
  }

  private static func names(in path: String) throws(FileFailure) -> [String] {
    guard let folder = opendir(path) else {
      throw .machine("cannot read `\(path)`: \(systemCause())")
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if name.first != "." { names.append(name) }
    }
    return names
  }
}
