#pragma once

#include <cstdint>
#include <string>

namespace circuitloom {

/// What NVIDIA's driver says of itself and of the machine's cards. It is asked by the names of its
/// functions, so that nothing of CUDA is needed to build, and a machine without it is an answer.
/// From any thread.
class CudaDriver
{
public:
    struct Card
    {
        std::string name; ///< "NVIDIA H200"
        std::int64_t bytes = 0; ///< of its memory in all
        int major = 0; ///< of its compute capability
        int minor = 0;
    };

    CudaDriver();

    bool installed() const { return library_ != nullptr; }
    /// The newest CUDA that it understands, as in 13020 for 13.2; 0 where it does not say.
    int version() const { return version_; }
    /// How many cards this process may use; CUDA_VISIBLE_DEVICES can hide some.
    int cards() const { return cards_; }
    /// Of 0 to cards() - 1.
    Card card(int number) const;

private:
    void* library_ = nullptr; // stays loaded, as the driver wants
    int version_ = 0;
    int cards_ = 0;
};

/// The CUDA that the LibTorch of this program was built for, as in 13020; 0 for one without.
int cuda_of_libtorch();

} // namespace circuitloom
