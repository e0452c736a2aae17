//! aiolens in Zed: finds the server, or downloads it, and hands the settings on.

use std::fs;

use zed_extension_api::serde_json::{json, Value};
use zed_extension_api::settings::LspSettings;
use zed_extension_api::{
    self as zed, Architecture, Command, DownloadedFileType, GithubReleaseOptions, LanguageServerId,
    LanguageServerInstallationStatus as Status, Os, Result, Worktree,
};

/// Where releases are: `owner/name`, given when the extension is built. Without it nothing is downloaded.
const REPOSITORY: Option<&str> = option_env!("AIOLENS_REPOSITORY");

#[derive(Default)]
struct AioLens {
    downloaded: Option<String>,
}

impl AioLens {
    /// The program: the one of the settings, the one on the PATH, or the newest release.
    fn program(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
        said: Option<String>,
    ) -> Result<String> {
        if let Some(path) = said.or_else(|| worktree.which("aiolens")) {
            return Ok(path);
        }
        if let Some(path) = self.downloaded.as_ref().filter(|path| is_file(path)) {
            return Ok(path.clone());
        }
        let path = download(id)?;
        self.downloaded = Some(path.clone());
        Ok(path)
    }
}

fn is_file(path: &str) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file())
}

/// Downloads the newest release into the folder of the extension, unless it is there, and removes older ones.
fn download(id: &LanguageServerId) -> Result<String> {
    let repository = REPOSITORY.ok_or(
        "aiolens is not on the PATH; install it, or set lsp.aiolens.binary.path in the settings of Zed",
    )?;
    zed::set_language_server_installation_status(id, &Status::CheckingForUpdate);
    let release = zed::latest_github_release(
        repository,
        GithubReleaseOptions {
            require_assets: true,
            pre_release: false,
        },
    )?;
    let (os, arch) = zed::current_platform();
    let platform = platform(os, arch)?;
    let windows = os == Os::Windows;
    let (suffix, kind, program) = match windows {
        true => ("zip", DownloadedFileType::Zip, "aiolens.exe"),
        false => ("tar.gz", DownloadedFileType::GzipTar, "aiolens"),
    };
    let wanted = format!("aiolens-{platform}.{suffix}");
    let asset = release
        .assets
        .iter()
        .find(|asset| asset.name == wanted)
        .ok_or_else(|| {
            format!(
                "release {} of {repository} has no {wanted}",
                release.version
            )
        })?;
    let folder = format!("aiolens-{}", release.version);
    let path = format!("{folder}/{program}");
    if !is_file(&path) {
        zed::set_language_server_installation_status(id, &Status::Downloading);
        zed::download_file(&asset.download_url, &folder, kind)?;
        if !windows {
            zed::make_file_executable(&path)?;
        }
        for entry in fs::read_dir(".").map_err(|err| err.to_string())?.flatten() {
            let name = entry.file_name();
            if name
                .to_str()
                .is_some_and(|name| name.starts_with("aiolens-") && name != folder)
            {
                fs::remove_dir_all(entry.path()).ok();
            }
        }
    }
    zed::set_language_server_installation_status(id, &Status::None);
    Ok(path)
}

/// The name of a platform in the names of releases.
fn platform(os: Os, arch: Architecture) -> Result<String> {
    let os = match os {
        Os::Linux => "linux",
        Os::Mac => "darwin",
        Os::Windows => "win32",
    };
    let arch = match arch {
        Architecture::X8664 => "x64",
        Architecture::Aarch64 => "arm64",
        Architecture::X86 => return Err("there is no aiolens for 32-bit machines".into()),
    };
    Ok(format!("{os}-{arch}"))
}

impl zed::Extension for AioLens {
    fn new() -> Self {
        Self::default()
    }

    fn language_server_command(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let binary = LspSettings::for_worktree(id.as_ref(), worktree)?.binary;
        let (path, args, env) = binary.map_or((None, None, None), |said| {
            (said.path, said.arguments, said.env)
        });
        Ok(Command {
            command: self.program(id, worktree, path)?,
            args: args.unwrap_or_else(|| vec!["server".into()]),
            env: env.map_or_else(|| worktree.shell_env(), |env| env.into_iter().collect()),
        })
    }

    fn language_server_initialization_options(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        let said = LspSettings::for_worktree(id.as_ref(), worktree)?;
        Ok(said.initialization_options.or_else(|| {
            said.settings
                .map(|settings| json!({ "settings": settings }))
        }))
    }

    /// The server asks for the section `aiolens`.
    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        let said = LspSettings::for_worktree(id.as_ref(), worktree)?;
        Ok(said.settings.map(|settings| json!({ "aiolens": settings })))
    }
}

zed::register_extension!(AioLens);
