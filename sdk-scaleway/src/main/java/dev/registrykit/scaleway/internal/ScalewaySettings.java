package dev.registrykit.scaleway.internal;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the vendor's own variables and configuration file say. Immutable. Nothing is trimmed or
 * checked for shape here: a value is what was written.
 *
 * @param secretKey the API key's secret part
 * @param region the default region
 * @param projectId the default project
 * @param organizationId the default organization
 * @param apiUrl the address of the API
 * @param insecure whether the vendor's tools would skip the check of certificates; this SDK never does,
 *     so the caller refuses true
 * @param exposedFile the configuration file, if it holds a secret key that others than its owner
 *     may read; the vendor's tools warn of that, so the caller does
 */
public record ScalewaySettings(
    @Nullable String secretKey,
    @Nullable String region,
    @Nullable String projectId,
    @Nullable String organizationId,
    @Nullable String apiUrl,
    boolean insecure,
    @Nullable Path exposedFile) {

  /**
   * Reads the variables and at most one file. A variable wins over the file, a named profile over
   * the file's root. The profile is the argument's, else that of {@code SCW_PROFILE}, else the
   * file's {@code active_profile}, else the root alone, which also goes by {@code default}. An empty
   * value counts as not given. No request is sent and nothing is logged.
   *
   * <p>Where the default file is follows from the variables alone, {@code XDG_CONFIG_HOME} or {@code
   * HOME}; without either, none is looked for.
   *
   * <p>Names and order are those of the vendor's Go SDK ({@code scw/README.md}, {@code scw/env.go},
   * {@code scw/config.go}), with its older names for the variables.
   *
   * @param environment the variables, usually {@link System#getenv()}
   * @param profile the name of the profile, or null to let variables and file decide
   * @throws IllegalArgumentException if the profile or the file that is asked for does not exist, or
   *     if a file or a truth value cannot be understood; names the file and the line, never what
   *     stands there
   * @throws UncheckedIOException if the file is there but cannot be read
   */
  public static ScalewaySettings load(Map<String, String> environment, @Nullable String profile) {
    if (profile != null && profile.isBlank()) {
      throw new IllegalArgumentException("The name of the Scaleway profile must not be blank");
    }
    Variables variables = new Variables(environment);
    ScalewayConfigFile file = ScalewayConfigFile.find(variables);
    Map<String, String> values =
        file.values(profile != null ? profile : variables.first("SCW_PROFILE"));
    return new ScalewaySettings(
        or(
            variables.first("SCW_SECRET_KEY", "SCW_TOKEN", "SCALEWAY_TOKEN", "SCALEWAY_ACCESS_KEY"),
            values.get("secret_key")),
        or(region(variables), values.get("default_region")),
        or(variables.first("SCW_DEFAULT_PROJECT_ID"), values.get("default_project_id")),
        or(
            variables.first(
                "SCW_DEFAULT_ORGANIZATION_ID", "SCW_ORGANIZATION", "SCALEWAY_ORGANIZATION"),
            values.get("default_organization_id")),
        or(variables.first("SCW_API_URL"), values.get("api_url")),
        insecure(variables, values.get("insecure")),
        file.exposed());
  }

  /** Describes the settings without the secret, and without an address that may carry one. */
  @Override
  public String toString() {
    return ("ScalewaySettings[secretKey=%s, region=%s, projectId=%s, organizationId=%s, apiUrl=%s,"
            + " insecure=%s, exposedFile=%s]")
        .formatted(
            secretKey == null ? null : "<redacted>",
            region,
            projectId,
            organizationId,
            apiUrl != null && apiUrl.contains("@") ? "<redacted>" : apiUrl,
            insecure,
            exposedFile);
  }

  /** Translates the older names of regions. */
  private static @Nullable String region(Variables variables) {
    String region = variables.first("SCW_DEFAULT_REGION", "SCW_REGION", "SCALEWAY_REGION");
    if ("par1".equals(region)) {
      return "fr-par";
    }
    return "ams1".equals(region) ? "nl-ams" : region;
  }

  private static boolean insecure(Variables variables, @Nullable String inFile) {
    Truth insecure = variables.truth("SCW_INSECURE");
    if (insecure != Truth.UNKNOWN) {
      return insecure == Truth.YES;
    }
    Truth verify = variables.truth("SCW_TLSVERIFY");
    if (verify != Truth.UNKNOWN) {
      return verify == Truth.NO;
    }
    return inFile != null && Truth.of(inFile) == Truth.YES;
  }

  private static @Nullable String or(@Nullable String value, @Nullable String otherwise) {
    return value != null ? value : otherwise;
  }
}
