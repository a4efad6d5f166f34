"""Images for a target: built, emulated, measured."""

import pathlib
import re
import subprocess

import glue
from networks import Stream
from targets import FIRMWARE, HERE, PORTS


def tools(target):
    """The programs that it takes."""
    return [words[0] for words in (target.compiler, target.emulator, [target.size]) if words and words[0]]


def command(words):
    """Runs a program that must succeed; what it writes."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).splitlines()
        raise SystemExit("\n".join([" ".join(str(word) for word in words), *lines[:20]]))
    return done.stdout


def emit(nnc, target, work, real, folder):
    folder.mkdir(parents=True, exist_ok=True)
    functions = ["--functions", "step"] if isinstance(work, Stream) else []
    command([nnc, "compile", work.source, "--emit", target.language, "--real", real, "--target", target.machine,
             "--prefix", "net", "--max-samples", str(work.scored), *functions, "-o", f"{folder}/"])


def is_refused(nnc, target, work, real, folder):
    """Whether the compiler refuses the code, with a word about the precision to take."""
    emit(nnc, target, work, real, folder)
    words = [*target.compiler, "-c", folder / "net.c", "-o", folder / "net.o"]
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    return done.returncode != 0 and "generate the code with --real f32" in done.stderr


def build(nnc, target, work, real, folder):
    """The image that trains and tells."""
    emit(nnc, target, work, real, folder)
    if target.language == "c":
        (folder / "work.c").write_text(glue.c_work(work, (folder / "net.h").read_text(), real))
        return link(target, folder, [folder / "net.c", folder / "work.c", HERE / "harness.c", *target.port], "image")
    source = next(folder.glob("*.swift"))
    (folder / "work.swift").write_text(glue.swift_work(work, source.read_text(), real))
    work_object = folder / "work.o"
    command(["swiftc", *target.swift, "-c", source, folder / "work.swift", "-o", work_object])
    expect_no_runtime(work_object)
    if target.compiler:
        return link(target, folder, [work_object, HERE / "harness.c", *target.port], "image")
    image = folder / "image.wasm"
    command([toolchain("wasm-ld"), "--no-entry", "--export=work", "--allow-undefined", "--gc-sections", work_object, "-o", image])
    return image


def link(target, folder, files, name, extra=()):
    image = folder / f"{name}.elf"
    command([*target.compiler, f"-DSTACK_BYTES={target.stack}", f"-DPORT_TICK_BITS={target.tick_bits}", *extra,
             "-I", folder, "-I", HERE, "-I", PORTS, "-I", FIRMWARE, *files, *target.link, "-o", image])
    return image


def toolchain(name):
    """A program of the Swift toolchain."""
    swiftc = command(["sh", "-c", "readlink -f $(command -v swiftc)"]).strip()
    return pathlib.Path(swiftc).parent / name


def expect_no_runtime(work_object):
    """Compiled Swift needs the harness, and what comes with every C compiler: copies of memory, arithmetic, a stack."""
    brought = (r"mark|tell|mem(set|cpy|move)|(fma|sqrt)f?|__aeabi_\w+|"
               r"__stack_pointer|__table_base|__indirect_function_table")
    needed = command([toolchain("llvm-nm"), "--undefined-only", "--format=just-symbols", work_object]).split()
    if others := [name for name in needed if not re.fullmatch(brought, name)]:
        raise SystemExit(f"{work_object} needs a runtime: {', '.join(others)}")


def emulate(target, image):
    """The kind and the word of each line that the image writes."""
    words = [str(word).replace("{}", str(image)) for word in target.emulator]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
    lines = (done.stdout + done.stderr).replace("\r", "").replace("\x1b[32m", "").replace("\x1b[0m", "").splitlines()
    told = []
    for line in lines:
        line = line.rstrip(".")
        if len(line) == 18 and line[1] == " ":
            told.append((line[0], line[2:]))
    return told


def size(target, work, folder, functions=("train", "predict")):
    """Text, data and bss of a network and what it takes of the compiler's libraries: an image that calls these
    functions less one that calls nothing. Blocks are counted, samples are not."""
    if target.language != "c":
        return "-", "-", "-"
    header = (folder / "net.h").read_text()
    (folder / "probe.c").write_text(glue.c_probe(header, functions, work))
    return difference(target, folder, [folder / "net.c"])


def difference(target, folder, files):
    """What an image with `probe.c` and these files has more than one without."""
    (folder / "empty.c").write_text("void *volatile at;\nint main(void) { return at == 0; }\n")
    full = sections(target, link(target, folder, [*files, folder / "probe.c", *target.port], "probe"))
    empty = sections(target, link(target, folder, [folder / "empty.c", *target.port], "empty"))
    return tuple(a - b for a, b in zip(full, empty))


def sections(target, image):
    return [int(cell) for cell in command([target.size, image]).splitlines()[1].split()[:3]]
