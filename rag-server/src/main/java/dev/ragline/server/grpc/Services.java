package dev.ragline.server.grpc;

import com.google.common.collect.ImmutableList;
import io.grpc.BindableService;
import jakarta.inject.Inject;
import java.util.List;

/** What the edge serves. */
record Services(
    CorpusGrpcService corpora,
    IngestGrpcService ingest,
    AskGrpcService ask,
    EvaluationGrpcService evaluation,
    OperationsGrpcService operations) {
  @Inject
  Services {}

  List<BindableService> all() {
    return ImmutableList.of(corpora, ingest, ask, evaluation, operations);
  }
}
