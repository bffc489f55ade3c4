package io.bodybroker.cli.proof;

import io.bodybroker.sdk.stream.StreamCatalog;
import io.bodybroker.sdk.stream.StreamSpec;
import java.util.List;

/**
 * The stream that proofs use. Not declared for everybody who has {@code bb} on the class path: only
 * to the processes of a proof, see {@link Child}.
 */
public final class ProofStreams implements StreamCatalog.Provider {
  static final StreamSpec STREAM = StreamSpec.builder("PROOF", "evt.proof.>").build();

  @Override
  public List<StreamSpec> streams() {
    return List.of(STREAM);
  }
}
