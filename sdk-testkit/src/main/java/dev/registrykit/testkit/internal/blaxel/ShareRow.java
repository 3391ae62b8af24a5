package dev.registrykit.testkit.internal.blaxel;

import org.jspecify.annotations.Nullable;

/**
 * An image's share with a workspace.
 *
 * @param pendingShareId null once it is accepted
 */
record ShareRow(
    String workspace, String accountId, @Nullable String pendingShareId) {}
