package dev.registrykit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a script does with crane, regctl or skopeo: a process for every call. */
final class ProgramUser {

  /** Those that are known here. */
  static final List<String> PROGRAMS = List.of("crane", "regctl", "skopeo");

  private final String program;
  private final Path binary;
  private final String address;
  private final Path home;

  ProgramUser(String program, Path binary, String address) throws IOException {
    this.program = program;
    this.binary = binary;
    this.address = address;
    this.home = Files.createTempDirectory("benchmarks-home-");
    home.toFile().deleteOnExit();
  }

  String name() throws Exception {
    return Installed.nameOf(program, binary) + ", a process";
  }

  void digest(String tag) throws Exception {
    String image = address + "/shop/app:" + tag;
    switch (program) {
      case "crane" -> run("digest", image);
      case "regctl" -> run("--host", host(), "image", "digest", image);
      default ->
        run(
            "inspect",
            "--tls-verify=false",
            "--no-tags",
            "--format",
            "{{.Digest}}",
            "docker://" + image);
    }
  }

  void names() throws Exception {
    String image = address + "/shop/app";
    switch (program) {
      case "crane" -> run("ls", image);
      case "regctl" -> run("--host", host(), "tag", "ls", image);
      default -> run("list-tags", "--tls-verify=false", "docker://" + image);
    }
  }

  private String host() {
    return "reg=" + address + ",tls=disabled";
  }

  private void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOME", home.toString()); // no settings of the machine's user
    int exitCode = builder.start().waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException(command + " ended with " + exitCode);
    }
  }
}
