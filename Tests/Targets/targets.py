"""The targets: what compiles for each and what emulates it. A row is all that a new one takes."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
PORTS = HERE / "ports"
FIRMWARE = HERE.parents[1] / "Samples" / "firmware"


@dataclass(frozen=True)
class Target:
    name: str
    what: str
    """The processor and what plays it."""
    machine: str
    """nnc's `--target`."""
    reals: tuple
    compiler: list
    """With the flags that all files are compiled with."""
    port: list
    """Files beside the harness."""
    link: list
    emulator: list
    """`{}` stands for the image."""
    size: str
    packages: tuple
    """Debian's."""
    stack: int = 4096
    """The bytes of stack that are painted."""
    tick_bits: int = 32
    instructions: float = 0
    """Instructions (AVR: cycles) in a tick of the port's counter; 0 where it has none."""
    refused: tuple = ()
    """The precisions that code must not compile in."""
    rooms: tuple = ("small", "large")
    """The networks that fit."""
    language: str = "c"
    swift: tuple = ()
    """Flags of swiftc."""
    host: str = ""
    """The only machine that runs the image, where no emulator does."""


C = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-ffunction-sections", "-fdata-sections"]
BARE = ["-nostartfiles", "-Wl,--gc-sections"]
M4 = ["-mcpu=cortex-m4", "-mthumb", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard"]
M7 = ["-mcpu=cortex-m7", "-mthumb", "-mfpu=fpv5-d16", "-mfloat-abi=hard"]
ARM_PACKAGES = ("gcc-arm-none-eabi", "libnewlib-arm-none-eabi", "qemu-system-arm")
ARM_PORT = [PORTS / "cortex-m.c", FIRMWARE / "startup.c", FIRMWARE / "console.c"]
ARM_LINK = ["--specs=nano.specs", *BARE, "-T", FIRMWARE / "cortex-m.ld", "-lm"]
EMBEDDED = ("-swift-version", "6", "-O", "-wmo", "-parse-as-library", "-enable-experimental-feature", "Embedded",
            "-enable-experimental-feature", "Extern", "-no-allocations", "-Xfrontend", "-function-sections",
            "-Xfrontend", "-disable-stack-protector")


def arm(board):
    # With -icount shift=0 each instruction takes one nanosecond of the clock that the board's timer counts.
    return ["qemu-system-arm", "-M", board, "-nographic", "-semihosting", "-icount", "shift=0", "-kernel", "{}"]


TARGETS = [
    Target("arm64", "AArch64 with NEON, qemu-aarch64", "arm64", ("f64", "f32"),
           ["aarch64-linux-gnu-gcc", *C, "-O2", "-static"], [PORTS / "hosted.c"], ["-lm"],
           ["qemu-aarch64", "{}"], "aarch64-linux-gnu-size",
           ("gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross", "qemu-user"), stack=32768),
    Target("cortex-m4", "Cortex-M4F, fused in single precision, QEMU's mps2-an386", "cortex-m4", ("f64", "f32"),
           ["arm-none-eabi-gcc", *C, "-Os", "-fno-math-errno", *M4], ARM_PORT, ARM_LINK, arm("mps2-an386"),
           "arm-none-eabi-size", ARM_PACKAGES, tick_bits=24, instructions=40),
    Target("cortex-m0", "Cortex-M0 without floating point, QEMU's microbit", "cortex-m0", ("f64", "f32"),
           ["arm-none-eabi-gcc", *C, "-Os", "-mcpu=cortex-m0", "-mthumb"], ARM_PORT, ARM_LINK, arm("microbit"),
           "arm-none-eabi-size", ARM_PACKAGES,  tick_bits=24, instructions=62.5),
    Target("cortex-m7", "Cortex-M7, fused in both precisions, QEMU's mps2-an500", "cortex-m7", ("f64", "f32"),
           ["arm-none-eabi-gcc", *C, "-Os", "-fno-math-errno", *M7], ARM_PORT, ARM_LINK, arm("mps2-an500"),
           "arm-none-eabi-size", ARM_PACKAGES, tick_bits=24, instructions=40),
    Target("rv32", "RV32IMAC without floating point, QEMU's virt", "rv32", ("f64", "f32"),
           ["riscv64-unknown-elf-gcc", *C, "-Os", "-march=rv32imac", "-mabi=ilp32", "--specs=picolibc.specs"],
           [PORTS / "riscv.c"], [*BARE, "-T", PORTS / "riscv.ld", "-lm"],
           ["qemu-system-riscv32", "-M", "virt", "-bios", "none", "-nographic", "-semihosting-config", "enable=on",
            "-icount", "shift=0", "-kernel", "{}"], "riscv64-unknown-elf-size",
           ("gcc-riscv64-unknown-elf", "picolibc-riscv64-unknown-elf", "qemu-system-misc"), instructions=1),
    Target("avr", "ATmega1284P, whose double has 32 bits, simavr", "avr", ("f32",),
           ["avr-gcc", *C, "-Os", "-mmcu=atmega1284p"], [PORTS / "avr.c"], ["-Wl,--gc-sections", "-lm"],
           ["simavr", "-m", "atmega1284p", "-f", "16000000", "{}"], "avr-size",
           ("gcc-avr", "avr-libc", "simavr"), stack=1024, tick_bits=16, instructions=1024,
           refused=("f64",), rooms=("small",)),
    Target("x86-64-swift", "Embedded Swift for x86-64, this machine", "generic", ("f64", "f32"),
           ["gcc", *C, "-O2"], [PORTS / "hosted.c"], ["-lm"], ["env", "{}"], "size", (), stack=32768, rooms=("small",),
           language="swift", swift=(*EMBEDDED, "-target", "x86_64-unknown-linux-gnu"), host="x86_64"),
    Target("cortex-m4-swift", "Embedded Swift for the Cortex-M4F", "cortex-m4", ("f64", "f32"),
           ["arm-none-eabi-gcc", *C, "-Os", "-fno-math-errno", *M4], ARM_PORT, ARM_LINK, arm("mps2-an386"), "arm-none-eabi-size",
           ARM_PACKAGES, tick_bits=24, instructions=40, rooms=("small",), language="swift",
           swift=(*EMBEDDED, "-target", "armv7em-none-none-eabi", *(word for flag in M4 + ["-fno-math-errno"]
                                                                     for word in ("-Xcc", flag)))),
    Target("wasm32-swift", "Embedded Swift for wasm32, Node", "generic", ("f64", "f32"), [], [], [],
           ["node", PORTS / "wasm.mjs", "{}"], "", (), rooms=("small",), language="swift",
           swift=(*EMBEDDED, "-target", "wasm32-unknown-none-wasm")),
]
