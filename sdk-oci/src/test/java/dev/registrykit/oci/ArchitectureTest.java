package dev.registrykit.oci;

import dev.registrykit.testsupport.provider.ProviderArchitecture;
import java.util.Set;

/** The rules of the house. */
class ArchitectureTest extends ProviderArchitecture {

  ArchitectureTest() {
    super(OciRegistry.class);
  }

  /** A credential helper is what Docker calls the program that keeps logins. */
  @Override
  protected Set<String> oddNames() {
    return Set.of("CredentialHelper");
  }
}
