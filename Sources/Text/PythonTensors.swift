/// Two functions of Python, `_read_tensors` and `_write_tensors`, for files of named arrays, as generated modules have them.
///
/// They need `json`, `os`, `pathlib`, `tempfile`, `Mapping` and NumPy. Source of the format: github.com/huggingface/safetensors.
public let pythonTensors = #"""
  def _read_tensors(path: str | os.PathLike) -> tuple[dict[str, np.ndarray], dict[str, str]]:
      """The arrays of a .safetensors or .npz file by name, and what is said beside them."""
      if str(path).endswith(".npz"):
          with np.load(path) as file:
              return dict(file), {}
      types = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4"}
      data = pathlib.Path(path).read_bytes()
      length = int.from_bytes(data[:8], "little")
      if len(data) < 8 or length > len(data) - 8:
          raise ValueError(f"{path} is no safetensors file")
      header, tensors = json.loads(data[8:8 + length]), {}
      metadata = header.pop("__metadata__", {})
      for name, entry in header.items():
          if entry["dtype"] not in types:
              raise ValueError(f"{path}: {name} is of type {entry['dtype']}, which is not read")
          begin, end = (8 + length + place for place in entry["data_offsets"])
          tensors[name] = np.frombuffer(data[begin:end], types[entry["dtype"]]).reshape(entry["shape"])
      return tensors, metadata


  def _write_tensors(path: str | os.PathLike, tensors: Mapping[str, np.ndarray], metadata: Mapping[str, str] = {}) -> None:
      """Writes arrays as a safetensors file, which takes its place whole or not at all."""
      header, place, parts = {"__metadata__": metadata} if metadata else {}, 0, []
      for name, array in tensors.items():
          # What is not float64 goes as float32, which holds bfloat16.
          array = np.asarray(array)
          type_, short = ("F64", "<f8") if array.dtype == np.float64 else ("F32", "<f4")
          part = np.ascontiguousarray(array, short).tobytes()
          header[name] = {"dtype": type_, "shape": list(array.shape), "data_offsets": [place, place + len(part)]}
          place += len(part)
          parts.append(part)
      text = json.dumps(header, separators=(",", ":")).encode()
      text += b" " * (-len(text) % 8)
      path = pathlib.Path(path)
      with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
          file.write(len(text).to_bytes(8, "little") + text + b"".join(parts))
      os.replace(file.name, path)
  """#
