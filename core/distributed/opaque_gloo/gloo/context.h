#pragma once

#include <chrono>

// LibTorch's packages bring no headers of Gloo, with which it is built. Its process group holds
// Gloo's objects by pointers alone, so it is enough to declare what its header names: nothing of
// these is ever made, called or deleted by code of this repository.

namespace gloo {

class Context
{
public:
    void setTimeout(std::chrono::milliseconds timeout);
};

} // namespace gloo
