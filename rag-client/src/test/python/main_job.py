"""The main job of Ragline by a client in Python: upload, retrieve, ask, and check every citation.

    python main_job.py HOST:PORT --protos FOLDER [FOLDER ...]    stubs generated from the protocol's files
    python main_job.py HOST:PORT --reflection                    nothing but what the server says of itself

Prints one line a step, and ends with 0 when everything holds.
"""

import argparse
import hashlib
import importlib
import pathlib
import struct
import sys
import tempfile

import grpc
from google.protobuf import descriptor_pool, message_factory
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

SERVICES = ("CorpusService", "IngestService", "AskService")
CORPUS = "python"
DOCUMENT = f"corpora/{CORPUS}/documents/käsikirja 手册.md"
CONTENT = """# Handbook 🐍

## Where are backups kept?

Backups are written to the cold bucket in Oulu every night 🌙. They are kept for 30 days.

## 数据存储在哪里？

向量数据存储在对象存储里。元数据存储在 etcd 里。
""".encode()
BLOCK = 50  # bytes, so that blocks split characters


class Generated:
    """Messages and stubs from the .proto files."""

    def __init__(self, channel, folders):
        from grpc_tools import protoc

        out = tempfile.TemporaryDirectory()
        self._out = out
        builtin = pathlib.Path(protoc.__file__).parent / "_proto"
        protos = [str(p.relative_to(f)) for f in map(pathlib.Path, folders) for p in f.rglob("*.proto")]
        includes = [f"-I{folder}" for folder in [*folders, builtin]]
        arguments = ["protoc", *includes, f"--python_out={out.name}", f"--grpc_python_out={out.name}", *protos]
        if protoc.main(arguments) != 0:
            raise SystemExit("protoc failed")
        sys.path.insert(0, out.name)
        self.pool = descriptor_pool.Default()
        names = {"CorpusService": "corpus", "IngestService": "ingest", "AskService": "ask"}
        self.stubs = {
            service: getattr(importlib.import_module(f"ragline.v1.{file}_service_pb2_grpc"), service + "Stub")(channel)
            for service, file in names.items()
        }


class Reflected:
    """Messages and stubs made at run time from server reflection."""

    class Stub:
        def __init__(self, channel, service):
            for method in service.methods:
                kind = "_".join("stream" if s else "unary" for s in (method.client_streaming, method.server_streaming))
                call = getattr(channel, kind)(
                    f"/{service.full_name}/{method.name}",
                    request_serializer=message_factory.GetMessageClass(method.input_type).SerializeToString,
                    response_deserializer=message_factory.GetMessageClass(method.output_type).FromString,
                )
                setattr(self, method.name, call)

    def __init__(self, channel):
        database = ProtoReflectionDescriptorDatabase(channel)
        listed = set(database.get_services())
        check("reflection lists the services", all(f"ragline.v1.{service}" in listed for service in SERVICES))
        self.pool = descriptor_pool.DescriptorPool(database)
        self.stubs = {
            service: self.Stub(channel, self.pool.FindServiceByName(f"ragline.v1.{service}")) for service in SERVICES
        }


class Job:
    def __init__(self, wire):
        self.wire = wire
        self.corpora, self.documents, self.questions = (wire.stubs[service] for service in SERVICES)

    def message(self, type_name, /, **fields):
        return message_factory.GetMessageClass(self.wire.pool.FindMessageTypeByName(f"ragline.v1.{type_name}"))(**fields)

    def run(self):
        self.create()
        first = self.upload()
        check("new chunks are embedded", first.receipt.added == first.receipt.embedded > 0)
        check("the digest is the content's", first.document.sha256 == sha256(CONTENT))
        again = self.upload()
        check("the same again embeds nothing", again.receipt.unchanged == first.receipt.added)
        check("the same again changes nothing", again.receipt.embedded == again.receipt.changed == 0)
        self.gap()
        self.retrieve("Where are backups kept?", "Oulu")
        self.ask("Where are backups kept?", "Oulu")
        self.ask("数据存储在哪里？", "对象存储")
        self.corpora.DeleteCorpus(self.message("DeleteCorpusRequest", name=f"corpora/{CORPUS}"), timeout=30)

    def create(self):
        self.corpora.CreateCorpus(self.message("CreateCorpusRequest", corpus_id=CORPUS), timeout=30)

    def requests(self, gap=0):
        yield self.message("UploadDocumentRequest", header=dict(document=DOCUMENT, media_type="text/markdown"))
        for start in range(0, len(CONTENT), BLOCK):
            offset = start + (gap if start else 0)
            yield self.message("UploadDocumentRequest", block=dict(offset=offset, data=CONTENT[start : start + BLOCK]))
        yield self.message("UploadDocumentRequest", commit=dict(size=len(CONTENT), sha256=sha256(CONTENT)))

    def upload(self):
        return self.documents.UploadDocument(self.requests(), timeout=60)

    def gap(self):
        try:
            self.documents.UploadDocument(self.requests(gap=7), timeout=60)
            check("a gap is refused", False)
        except grpc.RpcError as e:
            check("a gap is refused", e.code() == grpc.StatusCode.OUT_OF_RANGE)

    def retrieve(self, question, fact):
        request = self.message("RetrieveRequest", corpus=f"corpora/{CORPUS}", question=question)
        passages = self.questions.Retrieve(request, timeout=30).passages
        check("the first passage is right", fact in passages[0].chunk.text)
        for passage in passages:
            source = self.content(passage.chunk.revision, passage.chunk.source_range)
            check("a chunk is its bytes", source == passage.chunk.text.encode())
            check("a chunk's digest holds", sha256(source) == passage.chunk.sha256)

    def ask(self, question, fact):
        request = self.message("StreamAskRequest", corpus=f"corpora/{CORPUS}", question=question)
        events = [response.event for response in self.questions.StreamAsk(request, timeout=60)]
        answer = laws(events)
        check("the answer is right", fact in answer.text)
        check("there are citations", len(answer.citations) > 0)
        check("the answer's digest holds", answer_sha256(answer) == answer.answer_sha256)
        for citation in answer.citations:
            whole = self.content(citation.revision)
            check("the revision is its digest", citation.revision.endswith(sha256(whole)))
            quote = whole[citation.source_range.start : citation.source_range.end]
            check("the quote's digest holds", sha256(quote) == citation.quote_sha256)
            claim = answer.text.encode()[citation.answer_range.start : citation.answer_range.end]
            check("the claim's digest holds", sha256(claim) == citation.claim_sha256)

    def content(self, name, part=None):
        request = self.message("GetDocumentContentRequest", name=name, range=part)
        return b"".join(piece.block.data for piece in self.documents.GetDocumentContent(request, timeout=30))


def laws(events):
    """Checks the laws that stand at AnswerEvent in the protocol, and returns the answer."""
    kinds = [event.WhichOneof("event") for event in events]
    check("sequences are dense", [event.sequence for event in events] == list(range(len(events))))
    check("one answer", len({event.answer for event in events}) == 1)
    check("started is first", kinds[0] == "started")
    check("completed is last and alone", kinds.index("completed") == len(kinds) - 1)
    check("passages come before text", kinds.index("retrieved") < kinds.index("text_delta"))
    sent = b""
    for event in events:
        if event.HasField("text_delta"):
            check("a delta starts where the last ended", event.text_delta.start_byte == len(sent))
            sent += event.text_delta.text.encode()
        if event.HasField("citation_added"):
            check("a citation covers what was sent", event.citation_added.citation.answer_range.end <= len(sent))
    answer = events[-1].completed.answer
    check("the deltas joined are the text", sent == answer.text.encode())
    return answer


def answer_sha256(answer):
    """Answer.answer_sha256, made as the proto says."""
    values = ["ragline.v1.Answer", answer.name, answer.state, answer.abstain_reason, answer.model]
    values += [sha256(answer.text.encode()), len(answer.citations)]
    for it in answer.citations:
        values += [*span(it.answer_range), it.chunk, it.document, it.revision, *span(it.source_range)]
        values += [it.quote_sha256, bits(it.support), it.passage_rank, it.claim_sha256]
    values.append(len(answer.sentences))
    for it in answer.sentences:
        values += [*span(it.answer_range), bits(it.support), bits(it.lexical), bits(it.semantic)]
        values += [it.passage_rank, len(it.citations), *it.citations, int(it.unsupported)]
    values.append(len(answer.passages))
    for it in answer.passages:
        chunk = it.chunk
        values += [it.rank, chunk.name, chunk.revision, *span(chunk.source_range), chunk.sha256]
        values += [it.document.name, it.document.etag, *span(it.expanded.source_range), it.expanded.sha256]
    return sha256("".join(f"{value}\n" for value in values).encode())


def span(byte_range):
    return byte_range.start, byte_range.end


def bits(number):
    return struct.pack(">d", number).hex()


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def check(law, holds):
    if not holds:
        raise SystemExit(f"broken: {law}")
    print(f"ok: {law}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("server")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--protos", nargs="+")
    how.add_argument("--reflection", action="store_true")
    options = parser.parse_args()
    with grpc.insecure_channel(options.server) as channel:
        Job(Reflected(channel) if options.reflection else Generated(channel, options.protos)).run()
    print("done")


if __name__ == "__main__":
    main()
