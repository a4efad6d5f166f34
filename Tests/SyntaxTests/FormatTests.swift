import NNCDiagnostics
import NNCSyntax
import Testing

/// The formatter's form.
struct FormatTests {
  @Test func blanks() {
    let untidy = """


      # A comment of its own.\t
      linear   2 -> 3   weight = [ [1,2] ,[3 , 4],[5,6] ]    bias=no # behind


         sigmoid;tanh ;; relu;
      dropout    - 0.2
      linear -> 4    init = he
      let f( a,b )   =  a*b +a / b- - a ^ 2@b
      loss   ( y-t )  ^2 <3; train   sgd lr=+1
      """.replacing("+1", with: ".1")
    #expect(
      format(source(untidy)).text == """
        # A comment of its own.
        linear 2->3 weight=[[1, 2], [3, 4], [5, 6]] bias=no  # behind

        sigmoid; tanh; relu
        dropout -0.2
        linear ->4 init=he
        let f(a, b) = a*b + a / b - -a^2 @ b
        loss (y - t)^2 < 3; train sgd lr=.1

        """)
  }

  /// What stands below each other stays so, as far to the left as it can; formatting twice is formatting once.
  @Test func columns() {
    let text = """
      linear   2->16   weight=1      bias=no    # one
      sigmoid
      linear   16->3   weight=[1, 2] bias=no    # two
      linear   3->10   init=he  frozen=yes

      linear   3->1    init=he

      let a    = 1
      let abcd = 2
      """
    let formatted = """
      linear  2->16  weight=1      bias=no  # one
      sigmoid
      linear  16->3  weight=[1, 2] bias=no  # two
      linear  3->10  init=he frozen=yes

      linear 3->1 init=he

      let a    = 1
      let abcd = 2

      """
    #expect(format(source(text)).text == formatted)
    #expect(format(source(formatted)).text == formatted)
  }

  @Test func linesAndBlocks() {
    let untidy = """
      repeat 2{

      tanh  # one

      # two
      residual {linear ->3;relu}

      }
      linear 2->2 weight=[
      [1,
      2], # row

      [3, 4]]; sigmoid
      loss sum(
      y)
      #end
      """
    #expect(
      format(source(untidy)).text == """
        repeat 2 {
          tanh  # one

          # two
          residual { linear ->3; relu }
        }
        linear 2->2 weight=[
          [1,
            2],  # row

          [3, 4]]; sigmoid
        loss sum(
          y)
        #end

        """)
  }

  @Test(arguments: ["", "\n\n", ";;", "\u{FEFF}"])
  func nothing(text: String) { #expect(format(source(text)).text == "") }

  @Test func errorsAreNotFormatted() {
    let (text, diagnostics) = format(source("loss )"))
    #expect(text == nil)
    #expect(diagnostics.map(\.code) == ["N0112"])
  }
}
