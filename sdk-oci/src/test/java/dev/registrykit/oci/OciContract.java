package dev.registrykit.oci;

import dev.registrykit.testkit.OciEmulator;
import dev.registrykit.testkit.OciPersonality;
import dev.registrykit.testkit.contract.Difference;
import dev.registrykit.testkit.contract.RegistryContract;
import dev.registrykit.testkit.contract.RegistryFixture;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The contract that all providers keep, on one kind of OCI registry. */
abstract class OciContract extends RegistryContract {

  /** One for each kind, so that test classes can run side by side. */
  private static final Map<OciPersonality, OciEmulator> EMULATORS = new ConcurrentHashMap<>();

  private final OciPersonality personality;
  private final OciPreset preset;
  private final Set<Difference> differences;

  OciContract(OciPersonality personality, OciPreset preset, Difference... differences) {
    this.personality = personality;
    this.preset = preset;
    this.differences = Set.of(differences);
  }

  static void replace(OciEmulator emulator) {
    EMULATORS.values().remove(emulator);
    emulator.close();
  }

  @Override
  protected final RegistryFixture newFixture() {
    OciEmulator emulator = EMULATORS.computeIfAbsent(personality, kind -> OciFixture.warmedUp());
    return new OciFixture(emulator, personality, preset, differences);
  }
}
