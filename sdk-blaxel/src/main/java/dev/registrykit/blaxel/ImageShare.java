package dev.registrykit.blaxel;

import dev.registrykit.Status;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workspace that an image is shared with. Immutable.
 */
public final class ImageShare {

  private final String workspace;
  private final Status status;
  private final @Nullable String accountId;
  private final @Nullable String accountOwnerEmail;
  private final @Nullable String pendingShareId;
  private final @Nullable String workspaceDisplayName;

  private ImageShare(Builder builder) {
    this.workspace = builder.workspace;
    this.status = builder.status;
    this.accountId = builder.accountId;
    this.accountOwnerEmail = builder.accountOwnerEmail;
    this.pendingShareId = builder.pendingShareId;
    this.workspaceDisplayName = builder.workspaceDisplayName;
  }

  /** Starts one, for tests. */
  public static Builder builder(String workspace) {
    return new Builder(workspace);
  }

  /** Returns the name of the workspace. */
  public String workspace() {
    return workspace;
  }

  /** Returns the state: {@code active}, or {@code pending} until it is accepted. */
  public Status status() {
    return status;
  }

  /** Returns the account of the workspace. */
  public Optional<String> accountId() {
    return Optional.ofNullable(accountId);
  }

  /** Returns the address of the account's owner. */
  public Optional<String> accountOwnerEmail() {
    return Optional.ofNullable(accountOwnerEmail);
  }

  /** Returns the identifier of the pending share, while it is pending. */
  public Optional<String> pendingShareId() {
    return Optional.ofNullable(pendingShareId);
  }

  /** Returns how the workspace calls itself. */
  public Optional<String> workspaceDisplayName() {
    return Optional.ofNullable(workspaceDisplayName);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ImageShare that
        && workspace.equals(that.workspace)
        && status.equals(that.status)
        && Objects.equals(accountId, that.accountId)
        && Objects.equals(accountOwnerEmail, that.accountOwnerEmail)
        && Objects.equals(pendingShareId, that.pendingShareId)
        && Objects.equals(workspaceDisplayName, that.workspaceDisplayName);
  }

  @Override
  public int hashCode() {
    return workspace.hashCode();
  }

  /** Returns workspace and state, for logs. */
  @Override
  public String toString() {
    return workspace + " (" + status + ")";
  }

  /** Collects the parts of a {@link ImageShare}. Not thread-safe. */
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
