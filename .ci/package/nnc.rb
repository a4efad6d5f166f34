# Homebrew's formula; `.ci/release` puts in address, checksum and version.
class Nnc < Formula
  desc "Compiler for small neural networks: a few lines of layers in, C or Swift out"
  homepage "https://swiftpackageindex.com/search?query=nnc"
  url "@URL@"
  version "@VERSION@"
  sha256 "@SHA256@"
  license "Apache-2.0"

  uses_from_macos "swift" => :build, since: :tahoe
  on_linux do
    depends_on "swift" => :build
  end

  def install
    static = OS.mac? ? [] : ["--static-swift-stdlib"]
    system "swift", "build", "--disable-sandbox", "-c", "release", "--product", "nnc", *static
    bin.install ".build/release/nnc"
    (man1/"nnc.1").write Utils.safe_popen_read(bin/"nnc", "help", "--man")
    generate_completions_from_executable(bin/"nnc", "completions")
  end

  test do
    (testpath/"net.nn").write "linear 2->1 weight=[[2, 3]] bias=[1]\n"
    assert_equal "[9]\n", shell_output("#{bin}/nnc eval net.nn --x 1,2 -e y")
  end
end
