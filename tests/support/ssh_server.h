#pragma once

#include "tests/support/free_port.h"

#include <chrono>
#include <cstdlib>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace circuitloom::testing {

/// An OpenSSH server of this user's on a loopback port, with keys of its own, in a folder. Nothing of
/// the machine's own ssh configuration is read or changed.
class SshServer
{
public:
    /// Empty where there is none.
    static std::string program()
    {
        for (const char* path : { "/usr/sbin/sshd", "/usr/local/sbin/sshd" })
            if (::access(path, X_OK) == 0)
                return path;
        return {};
    }

    explicit SshServer(const std::filesystem::path& folder)
        : folder_(folder / "ssh")
        , port_(free_port())
    {
        std::filesystem::create_directory(folder_);
        std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
        run("ssh-keygen -q -t ed25519 -N '' -f '" + path("host_key") + "'");
        run("ssh-keygen -q -t ed25519 -N '' -f '" + path("user_key") + "'");
        std::filesystem::copy(path("user_key.pub"), path("authorized_keys"));
        std::ofstream(path("sshd_config"))
            << "Port " << port_ << "\nListenAddress 127.0.0.1\nHostKey " << path("host_key")
            << "\nAuthorizedKeysFile " << path("authorized_keys") << "\nPidFile " << path("sshd.pid")
            << "\nUsePAM no\nStrictModes no\nPasswordAuthentication no\n"
               "PermitRootLogin prohibit-password\n";
        std::ofstream known(path("known_hosts"));
        std::ifstream host(path("host_key.pub"));
        known << "[127.0.0.1]:" << port_ << " " << host.rdbuf();
        known.close();
        // What a user's ~/.ssh/config says, without touching theirs.
        std::ofstream(path("ssh")) << "#!/bin/sh\nexec ssh -F none -i '" << path("user_key")
                                   << "' -o IdentitiesOnly=yes -o UserKnownHostsFile='"
                                   << path("known_hosts") << "' -o BatchMode=yes \"$@\"\n";
        std::filesystem::permissions(path("ssh"), std::filesystem::perms::owner_all);
        ::mkdir("/run/sshd", 0755); // where root's server wants it; a user's does not
        start();
    }
    ~SshServer() { stop(); }
    SshServer(const SshServer&) = delete;
    SshServer& operator=(const SshServer&) = delete;

    /// Its name for RemoteMirrorOptions::ssh.
    std::string client() const { return path("ssh"); }
    std::string address(const std::filesystem::path& file) const
    {
        const char* user = std::getenv("USER");
        return "ssh://" + std::string(user && *user ? user : "root") + "@127.0.0.1:"
            + std::to_string(port_) + file.string();
    }

    void start()
    {
        process_ = ::fork();
        if (process_ == 0) {
            ::setsid();
            const std::string program = SshServer::program();
            const std::string config = path("sshd_config");
            const std::string log = path("log");
            ::execl(program.c_str(), program.c_str(), "-D", "-f", config.c_str(), "-E", log.c_str(),
                nullptr);
            ::_exit(127);
        }
        for (int i = 0; i < 500 && !listens(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    /// The server and the lines that it serves are gone.
    void stop()
    {
        if (process_ > 0) {
            cut_lines();
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
        }
        process_ = -1;
    }
    /// Its children and theirs, which serve the lines; not what was started over these.
    void cut_lines() const
    {
        for (const pid_t process : servers_below(process_))
            ::kill(process, SIGKILL);
    }

    bool listens() const
    {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port_));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool does = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address),
                              sizeof address)
            == 0;
        ::close(descriptor);
        return does;
    }

private:
    /// OpenSSH 9.8 and later serve a line with several processes.
    static std::vector<pid_t> servers_below(pid_t process)
    {
        const std::string folder = "/proc/" + std::to_string(process);
        std::ifstream children(folder + "/task/" + std::to_string(process) + "/children");
        std::vector<pid_t> found;
        for (pid_t child = 0; children >> child;) {
            std::string name;
            std::ifstream("/proc/" + std::to_string(child) + "/comm") >> name;
            if (name.rfind("sshd", 0) != 0)
                continue;
            found.push_back(child);
            const std::vector<pid_t> below = servers_below(child);
            found.insert(found.end(), below.begin(), below.end());
        }
        return found;
    }
    std::string path(const char* name) const { return (folder_ / name).string(); }
    static void run(const std::string& command)
    {
        if (std::system((command + " </dev/null").c_str()) != 0)
            throw std::runtime_error(command + " failed");
    }
    std::filesystem::path folder_;
    int port_;
    pid_t process_ = -1;
};

} // namespace circuitloom::testing
