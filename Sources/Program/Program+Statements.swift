extension Program {
  /// One instruction of a kernel as ``description`` prints it; nil for what is printed where it is used.
  package func statement(_ place: Int, of kernel: Kernel) -> String? {
    var printer = BodyPrinter(kernel: kernel, program: self)
    return printer.statement(place, kernel.body)
  }
}

extension Kernel {
  /// The name of a loop in printed Programs.
  package static func loopName(_ loop: LoopID) -> String { BodyPrinter.loopName(Int(loop)) }
}
