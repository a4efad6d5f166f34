#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A shared object that is open as long as this lives.
package final class SharedObject {
  private let handle: UnsafeMutableRawPointer

  /// Opens a file; nil where that fails.
  ///
  /// What a library runs when it is opened does not outlast the opening: older versions of gcc link one that was
  /// compiled with `-ffast-math` so that it turns denormal numbers into 0 in the thread that opens it, for good.
  ///
  /// - Parameter staysInMemory: whether its code outlives this: threads of OpenMP outlive the last call, and stand in
  ///   code that comes with it; types of Swift code are registered.
  init?(_ path: String, staysInMemory: Bool = true) {
    let mode = RTLD_NOW | RTLD_LOCAL | (staysInMemory ? Int32(RTLD_NODELETE) : 0)
    var environment = fenv_t()
    fegetenv(&environment)
    let handle = dlopen(path, mode)
    fesetenv(&environment)
    guard let handle else { return nil }
    self.handle = handle
  }

  deinit { dlclose(handle) }

  /// What went wrong last.
  static var problem: String { dlerror().map { String(cString: $0) } ?? "unknown cause" }

  /// The function of that name.
  func function<Function>(_ name: String, as _: Function.Type) throws(NativeError) -> Function {
    guard let address = dlsym(handle, name) else {
      throw NativeError("the compiled network has no function `\(name)`")
    }
    return unsafeBitCast(address, to: Function.self)
  }

  /// Compiles a source to `STEM.so` and answers that path.
  static func compile(
    _ source: String, _ compiler: SystemCompiler, stem: String
  ) throws(NativeError) -> String {
    let (code, library) = (stem + compiler.suffix, stem + ".so")
    defer { unlink(code) }
    guard let file = fopen(code, "wx") else {
      throw NativeError("cannot write `\(code)`: \(String(cString: strerror(errno)))")
    }
    let written = fputs(source, file) >= 0
    guard fclose(file) == 0, written else {
      throw NativeError("cannot write `\(code)`: \(String(cString: strerror(errno)))")
    }
    do throws(NativeError) {
      try compiler.compile(code, to: library)
    } catch {
      unlink(library)
      throw error
    }
    return library
  }

  /// Compiles a source in a folder that is gone when it is open.
  package static func temporary(
    _ source: String, _ compiler: SystemCompiler
  ) throws(NativeError) -> SharedObject {
    try withTemporaryFolder { folder throws(NativeError) in
      let library = try compile(source, compiler, stem: folder + "/network")
      defer { unlink(library) }
      guard let object = SharedObject(library, staysInMemory: compiler.outlivesCalls) else {
        throw NativeError("cannot open `\(library)`: \(problem)")
      }
      return object
    }
  }
}
