#include "fuzz/importing.h"

using namespace icebreaker;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const RequestImport found = fuzz::import(data, size, RequestFormat::Curl);
    fuzz::exportOne(found, size);
    return 0;
}
