#pragma once

#include <chrono>
#include <string>
#include <vector>

// See gloo/context.h. A class of LibTorch's derives from this one; it is never made here.

namespace gloo::rendezvous {

class Store
{
public:
    static constexpr std::chrono::milliseconds kDefaultTimeout{ 30000 };
    virtual ~Store() = default;
    virtual void set(const std::string& key, const std::vector<char>& value) = 0;
    virtual std::vector<char> get(const std::string& key) = 0;
    virtual void wait(const std::vector<std::string>& keys) = 0;
    virtual void wait(const std::vector<std::string>& keys, const std::chrono::milliseconds& timeout)
        = 0;
};

} // namespace gloo::rendezvous
