package dev.registrykit.blaxel;

import dev.registrykit.Status;
import dev.registrykit.spi.support.PrintableText;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workspace that an image is shared with. Immutable.
 *
 * @since 0.1.0
 */
public final class ImageShare {

  private final Parts parts;

  private ImageShare(Builder builder) {
    this.parts = new Parts(
        builder.workspace,
        builder.status,
        builder.accountId,
        builder.accountOwnerEmail,
        builder.pendingShareId,
        builder.workspaceDisplayName);
  }

  /** Starts one, for tests. */
  public static Builder builder(String workspace) {
    return new Builder(workspace);
  }

  /** Returns the name of the workspace. */
  public String workspace() {
    return parts.workspace;
  }

  /** Returns the state: {@code active}, or {@code pending} until it is accepted. */
  public Status status() {
    return parts.status;
  }

  /** Returns the account of the workspace. */
  public Optional<String> accountId() {
    return Optional.ofNullable(parts.accountId);
  }

  /** Returns the address of the account's owner. */
  public Optional<String> accountOwnerEmail() {
    return Optional.ofNullable(parts.accountOwnerEmail);
  }

  /** Returns the identifier of the pending share, while it is pending. */
  public Optional<String> pendingShareId() {
    return Optional.ofNullable(parts.pendingShareId);
  }

  /** Returns how the workspace calls itself. */
  public Optional<String> workspaceDisplayName() {
    return Optional.ofNullable(parts.workspaceDisplayName);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageShare that && parts.equals(that.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  /** Returns workspace and state, for logs. */
  @Override
  public String toString() {
    return PrintableText.of(parts.workspace + " (" + parts.status + ")");
  }

  /** All parts, by which shares are equal. */
  private record Parts(
      String workspace,
      Status status,
      @Nullable String accountId,
      @Nullable String accountOwnerEmail,
      @Nullable String pendingShareId,
      @Nullable String workspaceDisplayName) {}

  /**
   * Collects the parts of a {@link ImageShare}. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private final String workspace;
    private Status status = Status.UNKNOWN;
    private @Nullable String accountId;
    private @Nullable String accountOwnerEmail;
    private @Nullable String pendingShareId;
    private @Nullable String workspaceDisplayName;

    private Builder(String workspace) {
      this.workspace = Objects.requireNonNull(workspace, "workspace");
    }

    /** Sets the state. */
    public Builder status(Status status) {
      this.status = Objects.requireNonNull(status, "status");
      return this;
    }

    /** Sets the account; {@code null} for unknown. */
    public Builder accountId(@Nullable String accountId) {
      this.accountId = accountId;
      return this;
    }

    /** Sets the address of the account's owner; {@code null} for unknown. */
    public Builder accountOwnerEmail(@Nullable String accountOwnerEmail) {
      this.accountOwnerEmail = accountOwnerEmail;
      return this;
    }

    /** Sets the identifier of the pending share; {@code null} for none. */
    public Builder pendingShareId(@Nullable String pendingShareId) {
      this.pendingShareId = pendingShareId;
      return this;
    }

    /** Sets how the workspace calls itself; {@code null} for unknown. */
    public Builder workspaceDisplayName(@Nullable String workspaceDisplayName) {
      this.workspaceDisplayName = workspaceDisplayName;
      return this;
    }

    /** Makes it. */
    public ImageShare build() {
      return new ImageShare(this);
    }
  }
}
