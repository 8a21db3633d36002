#pragma once

#include <stdexcept>
#include <string>

namespace circuitloom {

/// Whatever went wrong, in one sentence that names the file, the field and the limit, and that a
/// user can act on. Every exception the core throws on purpose is one of these.
class Error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A file, an option or a setting that the user can put right.
class InputError : public Error
{
public:
    using Error::Error;
};

/// A computation that its caller's stop token ended. Nothing went wrong, and nothing is to be put
/// right; what it had computed is gone.
class Cancelled : public Error
{
public:
    using Error::Error;
};

/// The disk, the database or the device refused.
class ResourceError : public Error
{
public:
    using Error::Error;
};

} // namespace circuitloom
