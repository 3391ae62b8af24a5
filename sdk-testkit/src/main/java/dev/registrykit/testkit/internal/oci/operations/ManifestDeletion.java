package dev.registrykit.testkit.internal.oci.operations;

import dev.registrykit.testkit.internal.ApiAnswer;
import dev.registrykit.testkit.internal.Digests;
import dev.registrykit.testkit.internal.oci.kind.Case;
import dev.registrykit.testkit.internal.oci.kind.ErrorText;
import dev.registrykit.testkit.internal.oci.kind.Trait;
import dev.registrykit.testkit.internal.oci.state.ManifestRow;
import dev.registrykit.testkit.internal.oci.state.RegistryState;
import dev.registrykit.testkit.internal.oci.state.RepositoryRow;
import dev.registrykit.testkit.internal.oci.wire.Grammar;
import dev.registrykit.testkit.internal.oci.wire.Route;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deletes tags and manifests, as far as the kind of registry lets it. */
final class ManifestDeletion {
  private static final ApiAnswer ACCEPTED = ApiAnswer.of(202, Map.of(), "");

  /** As seen of docker-registry 2.8.2 while others pushed tags of the same repository. */
  private static final ErrorText UNTAGGING_FAILED =
      ErrorText.json(500, "UNKNOWN", "unknown error", "{}");

  private final RegistryState state;

  ManifestDeletion(RegistryState state) {
    this.state = state;
  }

  ApiAnswer delete(Route route) {
    return Digests.isDigest(route.reference()) ? deleteDigest(route) : deleteTag(route);
  }

  private ApiAnswer deleteTag(Route route) {
    String name = route.name();
    String tag = route.reference();
    state.refuseIfUnwanted(Case.DELETE_TAG, name, tag);
    if (Grammar.isMalformed(tag)) {
      throw state.refusal(Case.DELETE_DIGEST_MALFORMED, name, tag);
    }
    RepositoryRow repository = repository(route);
    ManifestRow row = repository == null ? null : repository.tags.get(tag);
    if (repository == null || row == null) {
      throw state.refusal(Case.DELETE_TAG_UNKNOWN, name, tag);
    }
    if (repository.immutableTags.contains(tag)) {
      state.refuseIfUnwanted(Case.DELETE_IMMUTABLE, name, tag);
    }
    repository.remove(state.switches.deletionReads, () -> untag(repository, tag, row));
    return ACCEPTED;
  }

  /** A tag that was moved in the meantime stays. */
  private static void untag(RepositoryRow repository, String tag, ManifestRow row) {
    if (repository.tags.get(tag) == row) {
      repository.tags.remove(tag);
    }
  }

  private ApiAnswer deleteDigest(Route route) {
    String name = route.name();
    String digest = route.reference();
    state.refuseIfUnwanted(Case.DELETE_DIGEST, name, digest);
    RepositoryRow repository = repository(route);
    if (repository == null || !repository.manifests.containsKey(digest)) {
      throw state.refusal(Case.DELETE_DIGEST_UNKNOWN, name, digest);
    }
    refuseIfNeeded(repository, digest);
    if (state.switches.untaggingFailures > 0 && repository.tags.anyPointingAt(digest) != null) {
      state.switches.untaggingFailures--;
      repository.manifests.remove(digest);
      repository.untaggedInVain.add(digest);
      return UNTAGGING_FAILED.answer(state.behaviour().wire(), name, digest);
    }
    repository.remove(state.switches.deletionReads, () -> remove(repository, digest));
    return ACCEPTED;
  }

  private @Nullable RepositoryRow repository(Route route) {
    RepositoryRow repository = state.repository(route.name());
    if (repository == null) {
      state.refuseIfUnwanted(Case.DELETE_REPOSITORY_UNKNOWN, route.name(), route.reference());
    }
    return repository;
  }

  private void refuseIfNeeded(RepositoryRow repository, String digest) {
    String name = repository.name;
    for (String tag : repository.immutableTags) {
      ManifestRow row = repository.tags.get(tag);
      if (row != null && row.digest().equals(digest)) {
        state.refuseIfUnwanted(Case.DELETE_IMMUTABLE, name, tag);
      }
    }
    refuseBecauseOf(repository.tags.anyPointingAt(digest), Case.DELETE_TAGGED, name);
    refuseBecauseOf(repository.parentOf(digest), Case.DELETE_CHILD, name);
    refuseBecauseOf(repository.referrerOf(digest), Case.DELETE_SUBJECT, name);
    if (repository.tags.anyPointingAt(digest) == null) {
      state.refuseIfUnwanted(Case.DELETE_UNTAGGED, name, digest);
    }
  }

  private void refuseBecauseOf(@Nullable String reference, Case of, String name) {
    if (reference != null) {
      state.refuseIfUnwanted(of, name, reference);
    }
  }

  private void remove(RepositoryRow repository, String digest) {
    ManifestRow row = repository.manifests.remove(digest);
    if (row == null) {
      return;
    }
    if (state.behaviour().has(Trait.KEEPS_TAG_NAMES)) {
      repository.untaggedInVain.add(digest);
    } else if (!state.switches.digestDeletionLeavesTags) {
      repository.tags.removePointingAt(digest);
    }
    if (state.behaviour().has(Trait.TAKES_CHILDREN)) {
      row.children().forEach(child -> removeUnlessNeeded(repository, child));
    }
  }

  private void removeUnlessNeeded(RepositoryRow repository, String child) {
    if (repository.tags.anyPointingAt(child) == null && repository.parentOf(child) == null) {
      remove(repository, child);
    }
  }
}
