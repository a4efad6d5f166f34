#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Darwin)
  @preconcurrency import Darwin
#endif

/// Where the command of that name lies in `PATH`, or at that path; nil where there is none.
package func findCommand(
  _ command: String,
  in environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }
) -> String? {
  let folders = (environment("PATH") ?? "").split(separator: ":").map(String.init)
  let places = command.contains("/") ? [command] : folders.map { "\($0)/\(command)" }
  return places.first { access($0, X_OK) == 0 }
}

/// Runs a command to its end; what it prints goes by way of the file `messages`.
package func runCommand(
  _ words: [String], messages: String
) throws(NativeError) -> (status: Int32, output: String) {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, messages, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  posix_spawn_file_actions_adddup2(&actions, 1, 2)
  defer { unlink(messages) }
  var arguments = words.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var process: pid_t = 0
  let code = posix_spawn(&process, words[0], &actions, nil, &arguments, environ)
  if code != 0 { throw NativeError("cannot run `\(words[0])`: \(String(cString: strerror(code)))") }
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0 {
    if errno != EINTR { throw NativeError("cannot wait for `\(words[0])`") }
  }
  let output = (try? readFile(messages)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  let ended = status & 0x7F == 0
  return (ended ? status >> 8 & 0xFF : 128 + status & 0x7F, output)
}
