package dev.registrykit.oci.internal.auth.stored;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A home folder with files of logins and helpers, all of them synthetic. */
final class StoredFiles {

  final Path home;
  final Map<String, String> environment = new HashMap<>();

  StoredFiles(Path home) {
    this.home = home;
    environment.put("HOME", home.toString());
    environment.put("PATH", home.resolve("bin") + ":/bin:/usr/bin");
  }

  /** Writes a file below the home folder. */
  Path write(String name, String text) {
    Path file = home.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Path docker(String text) {
    return write(".docker/config.json", text);
  }

  /** Puts a helper on the PATH that is this shell script. */
  void helper(String suffix, String... lines) {
    Path file =
        write("bin/docker-credential-" + suffix, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts a helper there that notes each question in a file and gives this login. */
  void helperGiving(String suffix, String user, String secret) {
    helper(
        suffix,
        "echo \"$1 $(cat)\" >> " + home.resolve("asked"),
        "echo '{\"ServerURL\":\"\",\"Username\":\"" + user + "\",\"Secret\":\"" + secret + "\"}'");
  }

  /** Returns what helpers were asked, one question a line. */
  String asked() {
    Path file = home.resolve("asked");
    try {
      return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static String auth(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "{\"auth\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}";
  }

  /** Returns the text of a file that has this one login. */
  static String auths(String key, String userAndPassword) {
    return "{\"auths\":{\"" + key + "\":" + auth(userAndPassword) + "}}";
  }
}
