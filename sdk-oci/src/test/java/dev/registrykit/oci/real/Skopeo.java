package dev.registrykit.oci.real;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The client of the containers project. */
final class Skopeo extends IndependentClient {

  static final String NAME = "skopeo";

  private static final ObjectMapper JSON = new ObjectMapper();

  Skopeo(RegistryServer server) {
    super(NAME, server);
  }

  @Override
  Set<String> tagNames(String repository) {
    String json = run(withLogin("list-tags", "--", "docker://" + repository(repository)));
    Set<String> names = new HashSet<>();
    try {
      for (JsonNode name : JSON.readTree(json).path("Tags")) {
        names.add(name.textValue());
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
    return names;
  }

  @Override
  Optional<byte[]> manifest(String repository, String reference) {
    return output(withLogin("inspect", "--raw", "docker://" + image(repository, reference)));
  }

  private String[] withLogin(String command, String option, String image) {
    List<String> arguments = new ArrayList<>(List.of(command, "--tls-verify=false"));
    if (logsIn()) {
      arguments.addAll(List.of("--creds", login()));
    }
    arguments.addAll(List.of(option, image));
    return arguments.toArray(String[]::new);
  }

  private static String login() {
    return ServerConfiguration.USER + ":" + ServerConfiguration.PASSWORD;
  }

  @Override
  void push(OciLayout layout, String repository, String tag) {
    List<String> arguments =
        new ArrayList<>(List.of("copy", "--all", "--preserve-digests", "--dest-tls-verify=false"));
    if (logsIn()) {
      arguments.addAll(List.of("--dest-creds", login()));
    }
    arguments.add("oci:" + layout.folder() + ":" + layout.name());
    arguments.add("docker://" + image(repository, tag));
    run(arguments.toArray(String[]::new));
  }
}
